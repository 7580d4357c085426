import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { openLog } from '../openLog.ts';
import { HEAD_LENGTH } from '../store/progress.ts';

/**
 * The files a log was before it was rotated and that were not read to their end while nobody followed it: the newest of which something is
 * known, and those written since; the oldest first. None where the log itself is known, for then it was not rotated since.
 */
export async function rotatedLogs(path: string, isKnown: (head: Buffer) => boolean): Promise<readonly string[]> {
  if (await hasKnownHead(path, isKnown)) return [];
  const rotated = siblingsOf(path);
  for (let index = rotated.length - 1; index >= 0; index--)
    if (await hasKnownHead(rotated[index] ?? '', isKnown)) return rotated.slice(index);
  return [];
}

/** In the order in which they were written last. */
function siblingsOf(path: string): readonly string[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => isRotated(name, basename(path)))
    .map((name) => ({ path: join(folder, name), stats: statSync(join(folder, name), { throwIfNoEntry: false }) }))
    .filter(({ stats }) => stats?.isFile())
    .sort((a, b) => (a.stats?.mtimeMs ?? 0) - (b.stats?.mtimeMs ?? 0))
    .map((each) => each.path);
}

/** `app.log.1`, `app.log-20260101.gz`, `app-2026-01-01.log`. */
function isRotated(name: string, of: string): boolean {
  if (name.startsWith(of)) return /^[.-]./.test(name.slice(of.length));
  const extension = extname(of);
  const [unpacked, stem] = [name.replace(/\.gz$/, ''), of.slice(0, of.length - extension.length)];
  if (!unpacked.startsWith(stem) || !unpacked.endsWith(extension)) return false;
  return /^[._-]?\d[\d._-]*$/.test(unpacked.slice(stem.length, unpacked.length - extension.length));
}

async function hasKnownHead(path: string, isKnown: (head: Buffer) => boolean): Promise<boolean> {
  let head = Buffer.alloc(0);
  for await (const chunk of openLog(path, () => undefined)) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= HEAD_LENGTH) break;
  }
  return head.length > 0 && isKnown(head.subarray(0, HEAD_LENGTH));
}
