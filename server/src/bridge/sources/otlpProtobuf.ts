import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { KEPT_ATTRIBUTES, type ReadSpans, readSpans, type Span, wholeSpan } from './otlpSpans.ts';

/** The spans of an ExportTraceServiceRequest in protobuf's binary form; null for what is none. */
export function spansOfProtobuf(bytes: Uint8Array): ReadSpans | null {
  try {
    const spans: (Span | null)[] = [];
    eachMessage(bytes, 1, (resource) => {
      const scope = (scope: Uint8Array) => eachMessage(scope, 2, (span) => spans.push(spanOf(span)));
      eachMessage(resource, 2, scope);
    });
    return readSpans(spans);
  } catch {
    return null;
  }
}

/** What a field of a message holds, by its number; a field of another type than it should have is passed over. */
interface Field {
  readonly type: WireType;
  readonly read: (reader: BinaryReader) => unknown;
}

function eachField(bytes: Uint8Array, fields: Readonly<Record<number, Field>>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const field = fields[number];
    if (field?.type === type) field.read(reader);
    else reader.skip(type, number);
  }
}

function eachMessage(bytes: Uint8Array, number: number, take: (message: Uint8Array) => void): void {
  eachField(bytes, { [number]: of(WireType.LengthDelimited, (reader) => take(reader.bytes())) });
}

function of(type: WireType, read: Field['read']): Field {
  return { type, read };
}

function spanOf(bytes: Uint8Array): Span | null {
  const ids: Record<'trace' | 'id' | 'parent', string | null> = { trace: null, id: null, parent: null };
  let name: string | null = null;
  let [start, end]: [bigint | null, bigint | null] = [null, null];
  const attributes = new Map<string, string | number>();
  const id = (which: keyof typeof ids) =>
    of(WireType.LengthDelimited, (reader) => {
      ids[which] = hexadecimal(reader.bytes());
    });
  eachField(bytes, {
    1: id('trace'),
    2: id('id'),
    4: id('parent'),
    5: of(WireType.LengthDelimited, (reader) => {
      name = reader.string() || null;
    }),
    7: of(WireType.Bit64, (reader) => {
      start = BigInt(reader.fixed64());
    }),
    8: of(WireType.Bit64, (reader) => {
      end = BigInt(reader.fixed64());
    }),
    9: of(WireType.LengthDelimited, (reader) => addAttribute(reader.bytes(), attributes)),
  });
  return wholeSpan({ ...ids, name, start, end, attributes });
}

function addAttribute(bytes: Uint8Array, known: Map<string, string | number>): void {
  let key = '';
  let value: Uint8Array = new Uint8Array();
  eachField(bytes, {
    1: of(WireType.LengthDelimited, (reader) => {
      key = reader.string();
    }),
    2: of(WireType.LengthDelimited, (reader) => {
      value = reader.bytes();
    }),
  });
  if (!KEPT_ATTRIBUTES.has(key)) return;
  eachField(value, {
    1: of(WireType.LengthDelimited, (reader) => known.set(key, reader.string())),
    3: of(WireType.Varint, (reader) => known.set(key, Number(reader.int64()))),
    4: of(WireType.Bit64, (reader) => known.set(key, reader.double())),
  });
}

function hexadecimal(bytes: Uint8Array): string | null {
  return bytes.length === 0 ? null : Buffer.from(bytes).toString('hex');
}
