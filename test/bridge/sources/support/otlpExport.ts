import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** A span as a test wants it: 2.5 ms of one trace. */
export interface MadeSpan {
  readonly id: string;
  readonly trace?: string;
  readonly parent?: string;
  readonly name: string;
  /** Milliseconds after the first. */
  readonly after?: number;
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Of what it ran in; that of the first span of an export is that of all. */
  readonly resource?: Readonly<Record<string, string>>;
}

export const TRACE = '5b8efff798038103d269b633813fc60c';
const START = 1795220655265250000n;
const MS = 1_000_000n;

/** A request of Prisma 7: its statement, and the operation above that. */
export const QUERY: MadeSpan = {
  id: 'eee19b7ec3c1b174',
  parent: 'eee19b7ec3c1b173',
  name: 'prisma:client:db_query',
  attributes: { 'db.query.text': 'SELECT 1', 'db.namespace': 'shop' },
};
export const OPERATION: MadeSpan = {
  id: 'eee19b7ec3c1b173',
  parent: 'eee19b7ec3c1b172',
  name: 'prisma:client:operation',
  attributes: { model: 'User', method: 'findMany' },
};

function times({ after = 0 }: MadeSpan): readonly [start: bigint, end: bigint] {
  const start = START + BigInt(Math.round(after * 1000)) * (MS / 1000n);
  return [start, start + (5n * MS) / 2n];
}

/** As OTLP/JSON. */
export function jsonExport(...spans: readonly MadeSpan[]): string {
  const written = spans.map((span) => ({
    traceId: span.trace ?? TRACE,
    spanId: span.id,
    parentSpanId: span.parent ?? '',
    name: span.name,
    startTimeUnixNano: String(times(span)[0]),
    endTimeUnixNano: String(times(span)[1]),
    attributes: Object.entries(span.attributes ?? {}).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
    })),
  }));
  const attributes = Object.entries(spans[0]?.resource ?? {}).map(([key, stringValue]) => ({
    key,
    value: { stringValue },
  }));
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: written }] }] });
}

/** As OTLP's protobuf; ids must be hexadecimal. */
export function protobufExport(...spans: readonly MadeSpan[]): Uint8Array {
  const written = spans.map((span) => {
    const [start, end] = times(span);
    const writer = new BinaryWriter();
    writer.tag(1, 2).bytes(Buffer.from(span.trace ?? TRACE, 'hex'));
    writer.tag(2, 2).bytes(Buffer.from(span.id, 'hex'));
    writer.tag(4, 2).bytes(Buffer.from(span.parent ?? '', 'hex'));
    writer.tag(5, 2).string(span.name).tag(6, 0).int32(3).tag(7, 1).fixed64(start).tag(8, 1).fixed64(end);
    for (const attribute of attributesOf(span.attributes)) writer.tag(9, 2).bytes(attribute);
    return writer.tag(16, 5).fixed32(257).finish();
  });
  const resource = within(1, [within(1, attributesOf(spans[0]?.resource))]);
  return within(1, [Buffer.concat([resource, within(2, [within(2, written)])])]);
}

function attributesOf(attributes: MadeSpan['attributes'] = {}): readonly Uint8Array[] {
  return Object.entries(attributes).map(([key, value]) =>
    new BinaryWriter().tag(1, 2).string(key).tag(2, 2).bytes(anyValue(value)).finish(),
  );
}

function anyValue(value: string | number): Uint8Array {
  if (typeof value === 'string') return new BinaryWriter().tag(1, 2).string(value).finish();
  const writer = new BinaryWriter();
  return Number.isInteger(value) ? writer.tag(3, 0).int64(value).finish() : writer.tag(4, 1).double(value).finish();
}

function within(field: number, messages: readonly Uint8Array[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const message of messages) writer.tag(field, 2).bytes(message);
  return writer.finish();
}
