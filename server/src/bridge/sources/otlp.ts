import type { Caller, StatementSample } from '../sample.ts';
import type { LineReader, Source, SourceEvents } from '../source.ts';
import { jsonDocuments } from './jsonDocuments.ts';
import { type Span, spansOf } from './otlpSpans.ts';

/** Traces in OTLP's JSON, one export or many, as an OpenTelemetry collector writes them into a file. */
export const otlp: Source = {
  id: 'otlp',
  reads: "OpenTelemetry traces as OTLP/JSON with the spans of Prisma's instrumentation",
  matches: (head) => /^\s*\{\s*"resource_?[sS]pans"\s*:/.test(head),
  open: (told) => reader(told),
};

/** Prisma 7, and 5 and 6. */
const QUERY_SPAN = /^prisma:(?:client|engine):db_query$/;
const OPERATION_SPAN = 'prisma:client:operation';
/** What a client does around a call and not for it. */
const TRANSACTION_SPAN = /^prisma:(?:client|engine):\w+_transaction$/;

function reader({ sample, unreadable }: SourceEvents): LineReader {
  const traces = callersOfSpans(sample);
  const documents = jsonDocuments((value) => {
    const read = spansOf(value);
    if (read === null) return unreadable(JSON.stringify(value));
    for (const span of read.spans) traces.add(span);
    for (let left = read.broken; left > 0; left -= 1) unreadable('a span without its id, name or times');
  }, unreadable);
  return {
    line: documents.line,
    end: () => {
      documents.end();
      traces.end();
    },
  };
}

/** A span is exported when it ends, so a query comes before its operation; so many spans later that cannot come any more. */
const MOST_SPANS = 20_000;
const MOST_WAITING = 5_000;

/** Gives a statement out once the operation above it is known, or is not waited for any longer. */
function callersOfSpans(emit: (sample: StatementSample) => void) {
  const above = createRecentSpans();
  const waiting = new Map<string, Span[]>();
  let waits = 0;
  const release = (trace: string, final: boolean): void => {
    const queries = waiting.get(trace) ?? [];
    const paths = queries.map((query) => above.path(query));
    const known = paths.filter((path) => final || isKnown(path));
    const left = paths.filter((path) => !known.includes(path)).flatMap(([query]) => query ?? []);
    if (left.length > 0) waiting.set(trace, left);
    else waiting.delete(trace);
    waits -= known.length;
    for (const statement of known.map(statementOf)) if (statement) emit(statement);
  };
  const releaseAll = (): void => {
    for (const trace of [...waiting.keys()]) release(trace, true);
  };
  return {
    add: (span: Span): void => {
      if (QUERY_SPAN.test(span.name)) {
        waiting.set(span.trace, [...(waiting.get(span.trace) ?? []), span]);
        waits += 1;
      } else above.add(span);
      if (endsWaiting(span)) release(span.trace, false);
      if (waits > MOST_WAITING) releaseAll();
    },
    end: releaseAll,
  };
}

/** Whether a span may be the last that its queries wait for, in whichever order they come. */
function endsWaiting(span: Span): boolean {
  return span.name === OPERATION_SPAN || span.parent === null || QUERY_SPAN.test(span.name);
}

function isKnown(path: readonly Span[]): boolean {
  return path.some(({ name }) => name === OPERATION_SPAN) || path.at(-1)?.parent === null;
}

/** The latest spans; the oldest half is forgotten when there are too many. */
function createRecentSpans() {
  let recent = new Map<string, Span>();
  let older = new Map<string, Span>();
  const find = (trace: string, id: string | null): Span | undefined =>
    id === null ? undefined : (recent.get(`${trace} ${id}`) ?? older.get(`${trace} ${id}`));
  return {
    add: (span: Span): void => {
      recent.set(`${span.trace} ${span.id}`, span);
      if (recent.size < MOST_SPANS) return;
      older = recent;
      recent = new Map();
    },
    /** A span and those above it, as far as they are known. */
    path: (span: Span): readonly Span[] => {
      const path = [span];
      for (let up = find(span.trace, span.parent); up && path.length < DEEPEST; up = find(up.trace, up.parent))
        path.push(up);
      return path;
    },
  };
}

/** Guards against spans that name each other as parents. */
const DEEPEST = 50;

/** The span of a query and all above it that are known. */
function statementOf(path: readonly Span[]): StatementSample | null {
  const [query] = path;
  const sql = query?.attributes.get('db.query.text') ?? query?.attributes.get('db.statement');
  if (!query || typeof sql !== 'string') return null;
  const database = query.attributes.get('db.namespace') ?? query.attributes.get('db.name');
  const caller = callerOf(path);
  return {
    ...{ kind: 'statement', at: query.at, sql, ms: query.ms, rows: null, rowsExamined: null, plan: null },
    database: typeof database === 'string' ? database : null,
    ...(caller && { caller }),
    request: query.trace,
  };
}

function callerOf(path: readonly Span[]): Caller | null {
  const to = path.findIndex(({ name }) => name === OPERATION_SPAN);
  const operation = path[to];
  const below = path.slice(0, to + 1);
  if (!operation || below.some(({ name }) => TRANSACTION_SPAN.test(name))) return null;
  const [model, method] = [operation.attributes.get('model'), operation.attributes.get('method')];
  if (typeof method !== 'string') return null;
  const attribute = (...names: readonly string[]) =>
    below.flatMap(({ attributes }) => names.map((name) => attributes.get(name))).find((value) => value !== undefined);
  const [file, line] = [attribute('code.file.path', 'code.filepath'), attribute('code.line.number', 'code.lineno')];
  return {
    model: typeof model === 'string' ? model : null,
    operation: method,
    file: typeof file === 'string' ? file : null,
    line: line === undefined || Number.isNaN(Number(line)) ? null : Number(line),
  };
}
