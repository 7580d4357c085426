import type { LineReader, Source, SourceEvents } from '../source.ts';
import { jsonDocuments } from './jsonDocuments.ts';
import { spansOf } from './otlpSpans.ts';
import { spanStatements } from './otlpStatements.ts';

/** Traces in OTLP's JSON, one export or many, as an OpenTelemetry collector writes them into a file. */
export const otlp: Source = {
  id: 'otlp',
  reads: "OpenTelemetry traces as OTLP/JSON with the spans of Prisma's instrumentation",
  matches: (head) => /^\s*\{\s*"resource_?[sS]pans"\s*:/.test(head),
  open: (told) => reader(told),
};

/** In milliseconds: the call of a statement is exported by then, at the latest with the next two batches of an exporter. */
const PATIENCE_MS = 30_000;

function reader({ sample, unreadable }: SourceEvents): LineReader {
  const statements = spanStatements(sample);
  const documents = jsonDocuments((value) => {
    const read = spansOf(value);
    if (read === null) return unreadable(JSON.stringify(value));
    statements.take(read.spans);
    for (let left = read.broken; left > 0; left -= 1) unreadable('a span without its id, name or times');
  }, unreadable);
  return {
    line: documents.line,
    rest: () => statements.expire(Date.now() - PATIENCE_MS),
    end: () => {
      documents.end();
      statements.end();
    },
  };
}
