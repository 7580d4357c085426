import { isObject, type JsonObject } from '#shared/jsonObject.ts';
import { numberOf, textOf } from './jsonLines.ts';
import { deployOfResource, isDeployAttribute } from './resourceDeploy.ts';

/** A span of an OTLP export, as far as queries need it. */
export interface Span {
  readonly trace: string;
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  /** Milliseconds since 1970, and how long it took. */
  readonly at: number;
  readonly ms: number;
  /** Those of {@link KEPT_ATTRIBUTES}. */
  readonly attributes: ReadonlyMap<string, string | number>;
  /** The version of the application, where its resource tells it. */
  readonly deploy?: string;
}

/** The spans of one export, in order, and how many were left out because they lack what every span has. */
export interface ReadSpans {
  readonly spans: readonly Span[];
  readonly broken: number;
}

/** Any other attribute may hold whatever an application knows, and is not looked at. */
export const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['db.query.text', 'db.statement', 'db.namespace', 'db.name', 'model', 'method', 'sentry.origin'],
  ...['code.file.path', 'code.filepath', 'code.line.number', 'code.lineno'],
  ...['http.route', 'next.route', 'http.request.method', 'http.method'],
]);

/** Null for what is no export of traces. */
export function spansOf(value: unknown): ReadSpans | null {
  const resources = isObject(value) ? (value.resourceSpans ?? value.resource_spans) : null;
  if (!Array.isArray(resources)) return null;
  const spans = resources.flatMap((resource) => {
    const scopes = listIn(resource, 'scopeSpans', 'scope_spans', 'instrumentationLibrarySpans');
    const deploy = deployIn(resource);
    return scopes.flatMap((scope) => listIn(scope, 'spans')).map((span) => spanOf(span, deploy));
  });
  return readSpans(spans);
}

/** Of spans as they are written, null for what is none. */
export function readSpans(all: readonly (Span | null)[]): ReadSpans {
  const spans = all.filter((span) => span !== null);
  return { spans, broken: all.length - spans.length };
}

/** A span as it is written; times in nanoseconds since 1970. */
export interface WrittenSpan extends Pick<Span, 'attributes'> {
  readonly deploy: string | undefined;
  readonly trace: string | null;
  readonly id: string | null;
  readonly parent: string | null;
  readonly name: string | null;
  readonly start: bigint | null;
  readonly end: bigint | null;
}

/** Null where something is missing that every span has. */
export function wholeSpan({ start, end, deploy, ...span }: WrittenSpan): Span | null {
  const { trace, id, name } = span;
  if (trace === null || id === null || name === null || start === null || end === null) return null;
  const times = { at: Number(start / 1000n) / 1e3, ms: Number(end - start) / 1e6 };
  return { ...span, ...times, trace, id, name, ...(deploy !== undefined && { deploy }) };
}

function listIn(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const list = isObject(value) ? names.map((name) => value[name]).find(Array.isArray) : null;
  return list ?? [];
}

function deployIn(resource: unknown): string | undefined {
  const about = isObject(resource) ? resource.resource : null;
  return isObject(about) ? deployOfResource(attributesOf(about, isDeployAttribute)) : undefined;
}

function spanOf(value: unknown, deploy: string | undefined): Span | null {
  if (!isObject(value)) return null;
  return wholeSpan({
    trace: idOf(value.traceId),
    id: idOf(value.spanId),
    parent: idOf(value.parentSpanId),
    name: textOf(value.name),
    start: nanoseconds(value.startTimeUnixNano),
    end: nanoseconds(value.endTimeUnixNano),
    attributes: attributesOf(value, (key) => KEPT_ATTRIBUTES.has(key)),
    deploy,
  });
}

/** Hexadecimal digits in either case. */
function idOf(value: unknown): string | null {
  return textOf(value)?.toLowerCase() ?? null;
}

/** Too large for a number to be exact, and a text for that reason; some exporters write a number. */
function nanoseconds(value: unknown): bigint | null {
  if (typeof value === 'number' && Number.isSafeInteger(Math.trunc(value / 1e6))) return BigInt(Math.trunc(value));
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? BigInt(value) : null;
}

function attributesOf(of: JsonObject, isKept: (key: string) => boolean): ReadonlyMap<string, string | number> {
  const known = new Map<string, string | number>();
  for (const attribute of listIn(of, 'attributes')) {
    if (!isObject(attribute) || !isObject(attribute.value)) continue;
    const key = textOf(attribute.key);
    const { stringValue, intValue, doubleValue } = attribute.value;
    const value = textOf(stringValue) ?? numberOf(intValue) ?? numberOf(doubleValue);
    if (key !== null && isKept(key) && value !== null) known.set(key, value);
  }
  return known;
}
