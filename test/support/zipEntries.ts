/** One file of an archive, as its directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  readonly crc: number;
}

const END = 0x06054b50;
const ENTRY_BYTES = 46;

/** What a zip archive without a comment holds, sorted by name; reads its directory and unpacks nothing. */
export function zipEntries(archive: Buffer): readonly ZipEntry[] {
  const end = archive.length - 22;
  if (end < 0 || archive.readUInt32LE(end) !== END) throw new Error('not a zip archive');
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  while (entries.length < archive.readUInt16LE(end + 10)) {
    const nameBytes = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    entries.push({ name, bytes: archive.readUInt32LE(at + 24), crc: archive.readUInt32LE(at + 16) });
    at += ENTRY_BYTES + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
