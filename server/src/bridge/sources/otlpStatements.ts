import type { Caller, StatementSample } from '../sample.ts';
import type { Span } from './otlpSpans.ts';
import { requestRoute } from './requestRoute.ts';

/** Makes statements out of spans, which come in any order, over many exports. */
export interface SpanStatements {
  /** Those of one export. */
  take(spans: readonly Span[]): void;
  /** Gives out what waits since before `since` for the call above it, with what is known. */
  expire(since: number): void;
  /** Statements that wait; they are out of {@link waiting} once they were given out. */
  readonly waiting: readonly Span[];
  /** Gives out all that waits. */
  end(): void;
}

/** Prisma 7, and 5 and 6; Sentry calls it by its SQL. */
const QUERY_SPAN = /^prisma:(?:client|engine):db_query$/;
const SENTRY_ORIGIN = 'auto.db.otel.prisma';
const OPERATION_SPAN = 'prisma:client:operation';
/** What a client does around a call and not for it. */
const TRANSACTION_SPAN = /^prisma:(?:client|engine):\w+_transaction$/;

/** A span is exported when it ends, so a query comes before its operation; so many spans later that cannot come any more. */
const MOST_SPANS = 20_000;
const MOST_WAITING = 5_000;

/** Gives a statement out once the operation above it is known, or is not waited for any longer; those of one operation in the order they ran in. */
export function spanStatements(emit: (sample: StatementSample) => void, now: () => number = Date.now): SpanStatements {
  const above = recentSpans();
  const waiting = new Map<string, Waiting[]>();
  let waits = 0;
  const wait = (query: Span): void => {
    const together = waiting.get(query.trace) ?? [];
    waiting.set(query.trace, together);
    together.push({ query, since: now() });
    waits += 1;
  };
  const release = (trace: string, final: (waiting: Waiting) => boolean): void => {
    const paths = (waiting.get(trace) ?? []).map((waiting) => ({ waiting, path: above.path(waiting.query) }));
    const known = paths.filter(({ waiting, path }) => isKnown(path) || final(waiting));
    const released = new Set(known);
    const left = paths.filter((path) => !released.has(path)).map(({ waiting }) => waiting);
    if (left.length > 0) waiting.set(trace, left);
    else waiting.delete(trace);
    waits -= known.length;
    const inOrder = known.sort((a, b) => a.waiting.query.at - b.waiting.query.at);
    const byCall = [...Map.groupBy(inOrder, ({ path }) => operationOf(path)).values()].flat();
    for (const statement of byCall.map(({ path }) => statementOf(path))) if (statement) emit(statement);
  };
  const releaseAll = (final: (waiting: Waiting) => boolean): void => {
    for (const trace of [...waiting.keys()]) release(trace, final);
  };
  return {
    take: (spans) => {
      for (const span of spans) {
        if (isQuery(span)) wait(span);
        else above.add(span);
      }
      for (const trace of new Set(spans.filter(endsWaiting).map(({ trace }) => trace))) release(trace, () => false);
      if (waits > MOST_WAITING) releaseAll(() => true);
    },
    expire: (since) => releaseAll((waiting) => waiting.since < since),
    get waiting() {
      return [...waiting.values()].flatMap((queries) => queries.map(({ query }) => query));
    },
    end: () => releaseAll(() => true),
  };
}

/** The SQL of a query's span, as the instrumentation wrote it; null where it is not told. */
export function sqlOfSpan({ attributes }: Span): string | null {
  const sql = attributes.get('db.query.text') ?? attributes.get('db.statement');
  return typeof sql === 'string' ? sql : null;
}

interface Waiting {
  readonly query: Span;
  /** When it came. */
  readonly since: number;
}

function isQuery(span: Span): boolean {
  const { name, attributes } = span;
  return QUERY_SPAN.test(name) || (attributes.get('sentry.origin') === SENTRY_ORIGIN && sqlOfSpan(span) !== null);
}

/** Whether a span may be the last that its queries wait for, in whichever order they come. */
function endsWaiting(span: Span): boolean {
  return span.name === OPERATION_SPAN || span.parent === null || isQuery(span);
}

function isKnown(path: readonly Span[]): boolean {
  return operationOf(path) !== undefined || path.at(-1)?.parent === null;
}

/** The latest spans; the oldest half is forgotten when there are too many. */
function recentSpans() {
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
  const sql = query ? sqlOfSpan(query) : null;
  if (!query || sql === null) return null;
  const database = query.attributes.get('db.namespace') ?? query.attributes.get('db.name');
  const [caller, route] = [callerOf(path), requestRoute(path)];
  return {
    ...{ kind: 'statement', at: query.at, sql, ms: query.ms, rows: null, rowsExamined: null, plan: null },
    database: typeof database === 'string' ? database : null,
    ...(caller && { caller }),
    request: query.trace,
    ...(route !== null && { route }),
    ...(query.deploy !== undefined && { deploy: query.deploy }),
  };
}

function operationOf(path: readonly Span[]): Span | undefined {
  return path.find(({ name }) => name === OPERATION_SPAN);
}

function callerOf(path: readonly Span[]): Caller | null {
  const operation = operationOf(path);
  const below = operation ? path.slice(0, path.indexOf(operation) + 1) : [];
  if (!operation || below.some(({ name }) => TRANSACTION_SPAN.test(name))) return null;
  const [model, method] = [operation.attributes.get('model'), operation.attributes.get('method')];
  if (typeof method !== 'string') return null;
  const attribute = (...names: readonly string[]) =>
    below.flatMap(({ attributes }) => names.map((name) => attributes.get(name))).find((value) => value !== undefined);
  const [file, line] = [attribute('code.file.path', 'code.filepath'), attribute('code.line.number', 'code.lineno')];
  return {
    call: `${operation.trace} ${operation.id}`,
    model: typeof model === 'string' ? model : null,
    operation: method,
    file: typeof file === 'string' ? file : null,
    line: line === undefined || Number.isNaN(Number(line)) ? null : Number(line),
  };
}
