import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** How a field of a message is read; one of another type than it should have is passed over. */
export interface Field {
  readonly type: WireType;
  readonly read: (reader: BinaryReader) => unknown;
}

/** Reads the fields of a message that are named by their numbers, in the order in which they stand; throws for what is no message. */
export function eachField(bytes: Uint8Array, fields: Readonly<Record<number, Field>>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const field = fields[number];
    if (field?.type === type) field.read(reader);
    else reader.skip(type, number);
  }
}

/** The messages, texts or bytes of one field. */
export function eachMessage(bytes: Uint8Array, number: number, take: (message: Uint8Array) => void): void {
  eachField(bytes, { [number]: bytesField(take) });
}

export function bytesField(take: (bytes: Uint8Array) => void): Field {
  return { type: WireType.LengthDelimited, read: (reader) => take(reader.bytes()) };
}

export function textField(take: (text: string) => void): Field {
  return { type: WireType.LengthDelimited, read: (reader) => take(reader.string()) };
}

export function numberField(type: 'varint' | 'double', take: (value: number) => void): Field {
  if (type === 'double') return { type: WireType.Bit64, read: (reader) => take(reader.double()) };
  return { type: WireType.Varint, read: (reader) => take(Number(reader.int64())) };
}

export function fixed64Field(take: (value: bigint) => void): Field {
  return { type: WireType.Bit64, read: (reader) => take(BigInt(reader.fixed64())) };
}

/** Numbers of eight bytes each, one after the other. */
export function packedField(type: 'fixed64' | 'double', take: (values: readonly number[]) => void): Field {
  return bytesField((bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const at = (index: number) =>
      type === 'double' ? view.getFloat64(index * 8, true) : Number(view.getBigUint64(index * 8, true));
    take(Array.from({ length: Math.floor(bytes.byteLength / 8) }, (_, index) => at(index)));
  });
}

/** Of an attribute of OpenTelemetry what is a text or a number; `kept` says which are looked at. */
export function addAttribute(
  bytes: Uint8Array,
  known: Map<string, string | number>,
  kept: (key: string) => boolean,
): void {
  let key = '';
  let value: Uint8Array = new Uint8Array();
  eachField(bytes, {
    1: textField((text) => {
      key = text;
    }),
    2: bytesField((bytes) => {
      value = bytes;
    }),
  });
  if (!kept(key)) return;
  eachField(value, {
    1: textField((text) => text !== '' && known.set(key, text)),
    3: numberField('varint', (number) => known.set(key, number)),
    4: numberField('double', (number) => known.set(key, number)),
  });
}
