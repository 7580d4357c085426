import { closeSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { openLog } from '../openLog.ts';
import { HEAD_LENGTH, type Progress } from '../store/progress.ts';

/**
 * The files a log was before it was rotated that were not read to their end: of those something is known of, and those written since the
 * first of them; the oldest first.
 */
export async function rotatedLogs(
  path: string,
  progressOf: (head: Buffer) => Progress | null,
): Promise<readonly string[]> {
  const rotated: { readonly path: string; readonly isKnown: boolean; readonly isRead: boolean }[] = [];
  for (const { path: each, stats } of siblingsOf(path)) {
    const head = await textHead(each);
    const progress = head.length > 0 ? progressOf(head) : null;
    rotated.push({
      path: each,
      isKnown: progress !== null,
      isRead: (progress?.position ?? -1) >= textLength(each, stats),
    });
  }
  const first = rotated.findIndex(({ isKnown }) => isKnown);
  return first < 0 ? [] : rotated.slice(first).flatMap(({ path: each, isRead }) => (isRead ? [] : [each]));
}

interface Sibling {
  readonly path: string;
  readonly stats: Stats;
}

/** In the order in which they were written last. */
function siblingsOf(path: string): readonly Sibling[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => isRotated(name, basename(path)))
    .flatMap((name): readonly Sibling[] => {
      const stats = statSync(join(folder, name), { throwIfNoEntry: false });
      return stats?.isFile() ? [{ path: join(folder, name), stats }] : [];
    })
    .sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs);
}

/** `app.log.1`, `app.log-20260101.gz`, `app-2026-01-01.log`. */
function isRotated(name: string, of: string): boolean {
  const extension = extname(of);
  const [unpacked, stem] = [name.replace(/\.gz$/, ''), of.slice(0, of.length - extension.length)];
  if (unpacked.startsWith(of)) return /^[.-](?:\d[\w.:-]*|old)$/.test(unpacked.slice(of.length));
  if (!unpacked.startsWith(stem) || !unpacked.endsWith(extension)) return false;
  return /^[._-]?\d[\d._-]*$/.test(unpacked.slice(stem.length, unpacked.length - extension.length));
}

async function textHead(path: string): Promise<Buffer> {
  let head = Buffer.alloc(0);
  for await (const chunk of openLog(path, () => undefined)) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= HEAD_LENGTH) break;
  }
  return head.subarray(0, HEAD_LENGTH);
}

/** In bytes; gzip says it at the end, up to 4 GB. */
function textLength(path: string, { size }: Stats): number {
  if (!path.endsWith('.gz') || size < 4) return size;
  const file = openSync(path, 'r');
  try {
    const end = Buffer.alloc(4);
    readSync(file, end, 0, 4, size - 4);
    return end.readUInt32LE();
  } finally {
    closeSync(file);
  }
}
