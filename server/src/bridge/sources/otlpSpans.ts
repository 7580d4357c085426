import { isObject, type JsonObject, numberOf, textOf } from './jsonLines.ts';

/** A span of an OTLP/JSON export, as far as queries need it. */
export interface Span {
  readonly trace: string;
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  /** Milliseconds since 1970, and how long it took. */
  readonly at: number;
  readonly ms: number;
  readonly attributes: ReadonlyMap<string, string | number>;
}

/** All spans of one export, in order; null for what is none. A span that lacks what every span has is left out and counted. */
export function spansOf(value: unknown): { readonly spans: readonly Span[]; readonly broken: number } | null {
  const resources = isObject(value) ? (value.resourceSpans ?? value.resource_spans) : null;
  if (!Array.isArray(resources)) return null;
  const scopes = resources.flatMap((resource) =>
    listIn(resource, 'scopeSpans', 'scope_spans', 'instrumentationLibrarySpans'),
  );
  const all = scopes.flatMap((scope) => listIn(scope, 'spans'));
  const spans = all.map(spanOf).filter((span) => span !== null);
  return { spans, broken: all.length - spans.length };
}

function listIn(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const list = isObject(value) ? names.map((name) => value[name]).find(Array.isArray) : null;
  return list ?? [];
}

function spanOf(value: unknown): Span | null {
  if (!isObject(value)) return null;
  const [trace, id, name] = [textOf(value.traceId), textOf(value.spanId), textOf(value.name)];
  const [start, end] = [nanoseconds(value.startTimeUnixNano), nanoseconds(value.endTimeUnixNano)];
  if (trace === null || id === null || name === null || start === null || end === null) return null;
  const parent = textOf(value.parentSpanId);
  return {
    trace,
    id,
    parent,
    name,
    at: Number(start / 1000n) / 1e3,
    ms: Number(end - start) / 1e6,
    attributes: attributesOf(value),
  };
}

/** Too large for a number to be exact, and a text for that reason; some exporters write a number. */
function nanoseconds(value: unknown): bigint | null {
  if (typeof value === 'number' && Number.isSafeInteger(Math.trunc(value / 1e6))) return BigInt(Math.trunc(value));
  return typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : null;
}

function attributesOf(span: JsonObject): ReadonlyMap<string, string | number> {
  const known = new Map<string, string | number>();
  for (const attribute of listIn(span, 'attributes')) {
    if (!isObject(attribute) || !isObject(attribute.value)) continue;
    const key = textOf(attribute.key);
    const { stringValue, intValue, doubleValue } = attribute.value;
    const value = textOf(stringValue) ?? numberOf(intValue) ?? numberOf(doubleValue);
    if (key !== null && value !== null) known.set(key, value);
  }
  return known;
}
