/** Turns offsets in the bytes of a text, as UTF-8, into offsets in its characters. */
export function byteOffsets(text: string): (byte: number) => number {
  const bytes = Buffer.from(text);
  if (bytes.length === text.length) return (byte) => byte;
  return (byte) => bytes.subarray(0, byte).toString().length;
}
