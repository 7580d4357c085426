import type { JsonObject } from '#shared/jsonObject.ts';
import type { ProbeLine, ProbeSample } from '#shared/probeSample.ts';
import type { Sample } from '../sample.ts';
import type { LineReader, Source, SourceEvents } from '../source.ts';
import { jsonLines } from './jsonLines.ts';

/** What the probe writes into `.querylens/`: one call a line. */
export const probeLines: Source = {
  id: 'probe',
  reads: 'what @querylens/probe writes',
  matches: (head) => /^\{"v":1,(?:"lost":|.*"operation":)/m.test(head),
  open: (told) => reader(told),
  context: 0,
};

function reader({ sample, unreadable, lost }: SourceEvents): LineReader {
  return jsonLines((object, line) => {
    const known = probeLine(object);
    if (known === null) unreadable(line);
    else if ('lost' in known) lost?.(known.lost);
    else sample({ kind: 'call', at: known.at, call: known, ...deployIn(known) });
  }, unreadable);
}

function deployIn({ deploy }: ProbeSample): Pick<Sample, 'deploy'> {
  return typeof deploy === 'string' ? { deploy } : {};
}

/** Null for what no probe of this version writes. */
function probeLine(object: JsonObject): ProbeLine | null {
  if (object.v !== 1) return null;
  if (typeof object.lost === 'number') return { v: 1, lost: object.lost };
  const numbers = [object.at, object.ms, object.line, object.column];
  const named = typeof object.operation === 'string' && isTextOrNull(object.model) && isTextOrNull(object.file);
  return named && numbers.every(Number.isFinite) ? (object as unknown as ProbeSample) : null;
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
