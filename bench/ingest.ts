import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillShop } from '../test/bridge/proof/runShop.ts';
import { startPostgres } from '../test/bridge/proof/servers/postgresWithLogs.ts';
import { readLog } from '../test/bridge/support/readLog.ts';
import { fastest, measure, oneCore, type Run } from './measure.ts';
import { pgBadger } from './pgBadger.ts';

// Logs of the example shop, made longer: `querylens ingest` into a store beside pgBadger, each on one core, and what reading each format takes alone. To hold: 100,000
// lines a second, eight times pgBadger, 200 MB whatever the length.
const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    runs: { type: 'string', default: '1' },
    read: { type: 'string' },
  },
});
const CLI = join(import.meta.dirname, '../dist/cli.js');
const MARIADB = join(import.meta.dirname, '../test/bridge/fixtures/mariadbSlow.log');
const LOAD = (['shop', 'more'] as const).map((routes) => ({ routes, rounds: 3, concurrency: 4 }));

/** Where a line or a field begins with it. */
const CLOCK = /(?<=^|^# Time: |"timestamp":")\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?/gm;

if (values.read === undefined) await compare(Number(values.megabytes), Number(values.runs));
else await readOnce(values.read);

async function compare(megabytes: number, runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-bench-'));
  const shop = await fillShop(startPostgres);
  try {
    const { root, logs } = await shop.run(false, LOAD);
    const project = join(folder, 'shop');
    cpSync(root, project, { recursive: true, verbatimSymlinks: true });
    for (const [format, from] of [...Object.entries(logs), ['mariadb-slow', MARIADB]] as const) {
      if (format === 'pg-stat-statements') continue;
      const log = join(folder, format);
      const lines = lengthen(from, log, megabytes);
      console.log(`${format}: ${megabytes} MB, ${lines} lines`);
      if (format === 'postgres') await ingested(log, project, lines, runs);
      await alone(log, folder, runs);
      rmSync(log);
    }
  } finally {
    await shop.close();
    rmSync(folder, { recursive: true });
  }
}

/** All of it: the project opened, each execution told to its call, and the store written. */
async function ingested(log: string, project: string, lines: number, runs: number): Promise<void> {
  const all = Array.from({ length: runs }, () => {
    rmSync(join(project, '.querylens'), { recursive: true, force: true });
    return measure([CLI, 'ingest', log], project, oneCore);
  });
  const ours = fastest(all);
  if (ours.status !== 0) throw new Error('querylens ingest failed; mind npm run build');
  console.log(row('querylens ingest', ours, lines));
  console.log(ours.stdout.replace(/^/gm, '      ').trimEnd());
  const theirs = pgBadger(log);
  if (!theirs) console.log('  pgBadger is missing: apt-get install pgbadger');
  else {
    console.log(`  pgBadger            ${rate(theirs, lines)}`);
    console.log(`  querylens takes 1/${(theirs / ours.processor).toFixed(1)} of its time`);
  }
}

async function alone(log: string, folder: string, runs: number): Promise<void> {
  const all = Array.from({ length: runs }, () => measure([import.meta.filename, '--read', log], folder, oneCore));
  const read = fastest(all);
  console.log(row('reading alone', read, Number(read.stdout.split(' ', 1)[0])));
  console.log(`      ${read.stdout.trim()}`);
}

async function readOnce(path: string): Promise<void> {
  const read = await readLog(path, null, () => undefined);
  if (read.kind !== 'read') throw new Error(read.kind);
  const { lines, samples, unreadable } = read.counts;
  console.log(`${lines} lines, ${samples} samples, ${unreadable} unreadable`);
}

function row(name: string, { processor, megabytes }: Run, lines: number): string {
  return `  ${name.padEnd(18)} ${rate(processor, lines)}, ${megabytes.toFixed(0)} MB of memory`;
}

function rate(seconds: number, lines: number): string {
  return `${seconds.toFixed(1).padStart(7)} s on the processor, ${Math.round(lines / seconds)} lines a second`;
}

/** The lines of a real log again and again, each time as much later as it is long; gives back how many. */
function lengthen(from: string, to: string, megabytes: number): number {
  const text = readFileSync(from, 'utf8');
  const times = Array.from(text.matchAll(CLOCK), ([clock]) => Date.parse(`${clock.replace(' ', 'T')}Z`));
  const begin = Math.min(...times.slice(0, 1));
  const span = Math.max(...times.slice(-1)) - begin + 1000;
  const file = openSync(to, 'w');
  let lines = 0;
  for (let [written, turn] = [0, 0]; written < megabytes * 1e6; turn += 1) {
    const later = (clock: string) =>
      new Date(Date.parse(`${clock.replace(' ', 'T')}Z`) + turn * span)
        .toISOString()
        .slice(0, clock.length)
        .replace('T', ' ');
    const copy = turn === 0 ? text : text.replace(CLOCK, later);
    written += writeSync(file, copy);
    lines += copy.split('\n').length - 1;
  }
  closeSync(file);
  return lines;
}
