import { eventExecutions, trueExecutions } from './executions.ts';
import { type Judged, judge, siteAt, type Verdict } from './judge.ts';
import { trueMariadbExecutions } from './mariadbExecutions.ts';
import type { Load } from './requests.ts';
import type { FilledShop, RanShop } from './runShop.ts';

/** Everything there is, one request at a time and eight at once: some 250 requests. */
const LOAD: readonly Load[] = [
  { routes: 'shop', rounds: 1, concurrency: 1 },
  { routes: 'more', rounds: 1, concurrency: 1 },
  { routes: 'shop', rounds: 2, concurrency: 8 },
  { routes: 'more', rounds: 2, concurrency: 8 },
];

/** A run, and what came of each of its logs. */
export interface Proof {
  readonly ran: RanShop;
  readonly executions: ReturnType<typeof trueExecutions>;
  /** By format. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** Formats that tell of each execution. */
const EACH = new Set(['postgres', 'postgres-csv', 'postgres-json', 'mysql-slow', 'prisma-events']);

export async function prove(shop: FilledShop, probe: boolean): Promise<Proof> {
  const ran = await shop.run(probe, LOAD);
  const { logs, truth } = ran;
  const executions = logs['mysql-slow']
    ? trueMariadbExecutions(logs['mysql-slow'], truth)
    : trueExecutions(logs['postgres-json'] ?? '', truth);
  const verdicts = new Map<string, Verdict>();
  for (const [format, log] of Object.entries(logs))
    if (EACH.has(format))
      verdicts.set(
        format,
        await judge(ran, log, format, format === 'prisma-events' ? eventExecutions(truth) : executions),
      );
  return { ran, executions, verdicts };
}

/** Whether all a call may send follows from the code. */
export function isKnown({ graph, index }: RanShop, place: string): boolean {
  const site = siteAt(graph, place);
  return site !== null && index.isKnown(site);
}

/** Two calls that stand in `fixtures/more.ts` for saying nothing: only a tag can tell them apart. */
export function isTwin({ graph }: RanShop, place: string): boolean {
  return siteAt(graph, place)?.operation === 'findFirst';
}

/** What became of the executions of some calls together. */
export function together({ sites }: Verdict, counts: (place: string) => boolean = () => true): Judged {
  const sum: Judged = { right: 0, open: 0, wrong: 0 };
  for (const [place, { right, open, wrong }] of sites) {
    if (!counts(place)) continue;
    sum.right += right;
    sum.open += open;
    sum.wrong += wrong;
  }
  return sum;
}

/** In percent of them all. */
export function shareRight({ right, open, wrong }: Judged): number {
  return (100 * right) / Math.max(1, right + open + wrong);
}

/** A line for each format, then one for each call not all of whose executions are on its line. */
export function proofTable({ ran, verdicts }: Proof): string {
  const lines: string[][] = [['log', 'calls', 'executions', 'right', 'no one', 'wrong', 'share right']];
  const line = (name: string, calls: string, judged: Judged) => {
    const { right, open, wrong } = judged;
    lines.push([
      name,
      calls,
      ...[right + open + wrong, right, open, wrong].map(String),
      `${shareRight(judged).toFixed(1)} %`,
    ]);
  };
  for (const [format, verdict] of verdicts) {
    line(format, 'all', together(verdict));
    line(
      format,
      'known',
      together(verdict, (place) => isKnown(ran, place)),
    );
    const isShops = (place: string) => !place.startsWith('src/routes/more.ts');
    line(
      format,
      "known, the shop's",
      together(verdict, (place) => isShops(place) && isKnown(ran, place)),
    );
  }
  const [first] = verdicts.values();
  for (const [place, judged] of [...(first?.sites ?? [])].sort(([a], [b]) => a.localeCompare(b)))
    if (judged.open + judged.wrong > 0) line(place, isKnown(ran, place) ? 'known' : 'in part', judged);
  return columns(lines);
}

function columns(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0))) ?? [];
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
