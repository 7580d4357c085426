import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readLog } from '../test/bridge/support/readLog.ts';
import { fastest, measure } from './measure.ts';

// Lines a second of a log read, without a store. To hold: 100,000 of PostgreSQL's text log, and memory that does not grow with it.
const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    runs: { type: 'string', default: '1' },
    read: { type: 'string' },
  },
});

if (values.read === undefined) await compare(Number(values.megabytes), Number(values.runs));
else await readOnce(values.read);

async function compare(megabytes: number, runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-bench-'));
  try {
    for (const name of ['postgres.log', 'postgres.csv', 'postgres.json', 'mariadbSlow.log']) {
      const log = join(folder, name);
      generate(log, name, megabytes);
      const all = Array.from({ length: runs }, () => measure([import.meta.filename, '--read', log], folder));
      const { seconds, megabytes: memory, stdout } = fastest(all);
      console.log(
        `${name.padEnd(16)} ${megabytes} MB in ${seconds.toFixed(1)} s, ${memory.toFixed(0)} MB of memory: ${stdout.trim()}`,
      );
      rmSync(log);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function readOnce(path: string): Promise<void> {
  const start = performance.now();
  const read = await readLog(path, null, () => undefined);
  const seconds = (performance.now() - start) / 1000;
  if (read.kind !== 'read') throw new Error(read.kind);
  const { lines, samples, unreadable } = read.counts;
  console.log(
    `${Math.round(lines / seconds)} lines a second, ${samples} samples, ${unreadable} unreadable of ${lines} lines`,
  );
}

/** The lines of a real log again and again, a second later each time. */
function generate(path: string, name: string, megabytes: number): void {
  const text = readFileSync(join(import.meta.dirname, '../test/bridge/fixtures', name), 'utf8');
  const file = openSync(path, 'w');
  for (let written = 0, turn = 0; written < megabytes * 1e6; turn += 1) {
    const clock = new Date(Date.UTC(2026, 10, 21) + turn * 1000).toISOString().slice(0, 19).replace('T', ' ');
    written += writeSync(file, text.replace(/2026-11-21 \d\d:\d\d:\d\d/g, clock));
  }
  closeSync(file);
}
