import { appendFileSync, existsSync, mkdirSync, promises, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { warnOnce } from '../warnOnce.ts';
import type { Sink } from './sink.ts';

/** A process that writes more than this has long been understood. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A file of its own for every process, so that none waits for another; the folder is kept out of git. */
export function fileSink(folder: string): Sink {
  const file = join(folder, `probe-${process.pid}-${Date.now().toString(36)}.ndjson`);
  let bytes = 0;
  const fits = (text: string) => {
    if (bytes === 0) prepare(folder);
    bytes += Buffer.byteLength(text);
    return bytes <= MAX_BYTES;
  };
  return {
    write: async (text) => {
      try {
        if (!fits(text)) return false;
        await promises.appendFile(file, text);
        return true;
      } catch (error) {
        warnOnce(`samples cannot be written to ${folder}: ${String(error)}`);
        return false;
      }
    },
    writeNow: (text) => {
      try {
        if (text !== '' && fits(text)) appendFileSync(file, text);
      } catch {
        // The process ends; nobody could be told.
      }
    },
  };
}

function prepare(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
}
