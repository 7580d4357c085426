import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { performanceReport } from '../server/src/analyzer/report/performanceReport.ts';
import { loadSqlite } from '../server/src/bridge/sqlite.ts';
import { type Evidence, openEvidence } from '../server/src/bridge/store/openEvidence.ts';
import { openStore } from '../server/src/bridge/store/openStore.ts';
import { createTallies } from '../server/src/bridge/store/tally.ts';
import type { ProjectGraph } from '../server/src/graph/projectGraph.ts';
import { queryFingerprint } from '../server/src/graph/queryFingerprint.ts';
import { reportHtml } from '../server/src/render/report/reportHtml.ts';
import { reportMarkdown } from '../server/src/render/report/reportMarkdown.ts';
import { HOUR_MS } from '../shared/src/hour.ts';
import { analyse } from '../test/support/analyse.ts';
import { builtPage } from '../test/support/reportPage.ts';
import { seededRandom } from '../test/support/seededRandom.ts';

// The report of 5,000 calls from a store, once the code was read: all figures, hours and deploys, as JSON, Markdown and a page. Seconds on the processor, and
// in brackets on the clock. To hold: 2 s.
const { values } = parseArgs({
  options: { calls: { type: 'string', default: '5000' }, hours: { type: 'string', default: '24' } },
});
const [CALLS, HOURS] = [Number(values.calls), Number(values.hours)];
const CALLS_A_FILE = 50;
/** Of one call in one hour. */
const EXECUTIONS = 40;

const folder = mkdtempSync(join(tmpdir(), 'querylens-bench-'));
try {
  const sqlite = await loadSqlite();
  const snapshot = await analyse(files(), []);
  const { graph } = snapshot;
  seed(graph);
  const { size } = statSync(join(folder, '.querylens/evidence.db'));
  console.log(`${graph.sites.length} calls in ${HOURS} hours, a store of ${(size / 2 ** 20).toFixed(0)} MB`);
  const [evidence, page] = [openEvidence(sqlite, folder), await builtPage()];
  const begun = clocks();
  timed('figures of each call', () => [evidence.measurements(graph), evidence.totals(graph), evidence.formers(graph)]);
  const periods = timed('hours and deploys', () => evidence.periods(500, graph));
  const report = timed('the report of it', () => reportOf(snapshot, evidence, periods));
  const json = timed('as JSON', () => JSON.stringify(report));
  timed('as Markdown', () => reportMarkdown(report, 20));
  timed('as a page', () => reportHtml(json, page));
  console.log(`  ${'together'.padEnd(24)} ${sinceText(begun)}, to hold 2 s`);
  evidence.close();

  /** Under two deploys, the second of which is faster. */
  function seed({ sites }: ProjectGraph): void {
    const opened = openStore(sqlite, folder);
    if (opened.kind !== 'open') throw new Error(opened.reason);
    const random = seededRandom(1);
    const first = Math.floor(Date.now() / HOUR_MS) - HOURS;
    for (let hour = 0; hour < HOURS; hour += 1) {
      const tallies = createTallies();
      const deploy = hour < HOURS / 2 ? 'v1' : 'v2';
      for (const site of sites)
        for (let left = EXECUTIONS; left > 0; left -= 1) {
          const subject = { dialect: 'call', text: 'User.count', name: '', match: 'exact', part: 'call' } as const;
          const version = queryFingerprint(graph, site);
          const ms = 10 ** (random.below(3000) / 1000) / (hour < HOURS / 2 ? 1 : 4);
          tallies.execution({ ...subject, site: site.id, version, deploy }, (first + hour) * HOUR_MS, ms, 1);
        }
      opened.store.write(tallies.take(), null);
    }
    opened.store.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}

function files(): Readonly<Record<string, string>> {
  const calls = (file: number) =>
    Array.from(
      { length: CALLS_A_FILE },
      (_, at) => `export const count${at} = () => prisma.user.count({ where: { id: ${file * CALLS_A_FILE + at} } });`,
    );
  const sources = Array.from({ length: Math.ceil(CALLS / CALLS_A_FILE) }, (_, file) => [
    `src/file${file}.ts`,
    ["import { prisma } from './db';", ...calls(file), ''].join('\n'),
  ]);
  return {
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\nmodel User {\n  id Int @id\n}\n',
    'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
    ...Object.fromEntries(sources),
  };
}

function reportOf(
  snapshot: Awaited<ReturnType<typeof analyse>>,
  evidence: Evidence,
  periods: ReturnType<Evidence['periods']>,
) {
  const { graph } = snapshot;
  return performanceReport({
    ...{ snapshot, periods, limits: { minSamples: 100, harmlessMs: 10 } },
    ...{ measurements: evidence.measurements(graph), totals: evidence.totals(graph), formers: evidence.formers(graph) },
    detail: (site) => evidence.detail(site, graph),
    budgets: { routes: {}, queries: {}, slowQueries: null, cacheHitRatio: null, errorRatio: null },
    ...{ ratios: evidence.ratios(), routes: evidence.routeFigures(graph), slowInAnHour: evidence.slowInAnHour },
  });
}

function timed<Answer>(what: string, work: () => Answer): Answer {
  const begun = clocks();
  const answer = work();
  console.log(`  ${what.padEnd(24)} ${sinceText(begun)}`);
  return answer;
}

interface Clocks {
  /** In milliseconds: a machine that does other things beside takes longer by the clock. */
  readonly processor: number;
  readonly clock: number;
}

function clocks(): Clocks {
  const { user, system } = process.cpuUsage();
  return { processor: (user + system) / 1000, clock: performance.now() };
}

function sinceText(begun: Clocks): string {
  const now = clocks();
  const seconds = (of: keyof Clocks) => ((now[of] - begun[of]) / 1000).toFixed(2);
  return `${seconds('processor')} s (${seconds('clock')} s)`;
}
