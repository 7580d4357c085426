import { HOUR_MS } from '#shared/hour.ts';
import type { DeployFigures, MeasuredPeriods, TrendPoint, WholeFigures } from '#shared/periods.ts';
import type { Database } from '../sqlite.ts';
import { type PeriodSum, periodFigures, periodSum, type TimedRow } from './periodSum.ts';
import type { PresentSites } from './presentSites.ts';
import { querySums } from './querySums.ts';
import { type DeployRequests, deployRequests } from './requestFigures.ts';
import { callsPerRequest, routesUnderDeploys } from './routesUnderDeploys.ts';
import { type SiteHour, timedRows } from './timedRows.ts';

/** Reads every row of the store once; to be called inside a transaction. From `slowMs` on an execution is a slow one. */
export function readPeriods(database: Database, present: PresentSites, slowMs: number): MeasuredPeriods {
  const names = deployNames(database);
  const queries = names.size > 1 ? querySums(present) : null;
  const cells = new Map<string, OpenCell>();
  for (const rows of timedRows(database)) {
    for (const row of rows) cellOf(cells, row).sum.add(row);
    queries?.add(rows);
  }
  const all = [...cells.values()].map(({ sum, ...cell }): Cell => ({ ...cell, row: sum.row() }));
  const order = [...Map.groupBy(all, ({ deploy }) => deploy)].toSorted(byBeginning);
  const named = new Map(order.flatMap(([id]) => nameOf(names, id)));
  const requests = deployRequests(database);
  return {
    ...{ slowMs, whole: wholeOf(all, slowMs), ...trendOf(all, slowMs) },
    deploys: names.size === 0 ? [] : deploysOf(requests, order, names, slowMs),
    queries: queries?.figures(database, named) ?? new Map(),
    routes: routesUnderDeploys(requests, named),
  };
}

function deployNames(database: Database): ReadonlyMap<number, string> {
  const rows = database
    .prepare<[], { readonly id: number; readonly name: string }>('SELECT id, name FROM deploys')
    .all();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function nameOf(names: ReadonlyMap<number, string>, id: number): readonly (readonly [number, string])[] {
  const name = names.get(id);
  return name === undefined ? [] : [[id, name]];
}

/** One hour under one deploy. */
interface Cell {
  readonly hour: number;
  readonly deploy: number;
  readonly row: TimedRow;
}

interface OpenCell extends Omit<Cell, 'row'> {
  readonly sum: PeriodSum;
}

function cellOf(cells: Map<string, OpenCell>, { hour, deploy }: SiteHour): OpenCell {
  const key = `${hour} ${deploy}`;
  const cell = cells.get(key) ?? { hour, deploy, sum: periodSum() };
  cells.set(key, cell);
  return cell;
}

type OfDeploy = readonly [deploy: number, cells: readonly Cell[]];

/** Of two that began in the same hour the one that was met first. */
function byBeginning([a, of]: OfDeploy, [b, others]: OfDeploy): number {
  return firstHour(of) - firstHour(others) || a - b;
}

function firstHour(cells: readonly Cell[]): number {
  return Math.min(...cells.map(({ hour }) => hour));
}

/** In milliseconds, as client libraries of Prometheus have them. */
const EDGES = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

function wholeOf(cells: readonly Cell[], slowMs: number): WholeFigures | null {
  if (cells.length === 0) return null;
  const rows = cells.map(({ row }) => row);
  const { longerThan } = periodSum(rows);
  const buckets = EDGES.map((upToMs, at) => {
    const above = at === 0 ? Number.NEGATIVE_INFINITY : (EDGES[at - 1] ?? 0);
    return { upToMs, calls: longerThan(above) - longerThan(upToMs) };
  });
  return { ...periodFigures(rows, slowMs), buckets };
}

/** More points are more than there is room for. */
const MOST_POINTS = 400;
const HOURS_A_DAY = 24;

function trendOf(cells: readonly Cell[], slowMs: number): Pick<MeasuredPeriods, 'step' | 'points'> {
  const hours = cells.map(({ hour }) => hour);
  const isLong = cells.length > 0 && Math.max(...hours) - Math.min(...hours) >= MOST_POINTS;
  const size = isLong ? HOURS_A_DAY : 1;
  const stretches = Map.groupBy(cells, ({ hour }) => Math.floor(hour / size));
  const points = [...stretches]
    .toSorted(([a], [b]) => a - b)
    .slice(-MOST_POINTS)
    .map(([at, of]): TrendPoint => ({ from: at * size * HOUR_MS, ...figuresOf(of, slowMs) }));
  return { step: isLong ? 'day' : 'hour', points };
}

function figuresOf(cells: readonly Cell[], slowMs: number) {
  return periodFigures(
    cells.map(({ row }) => row),
    slowMs,
  );
}

/** A report shows so many; of what went before them the trend tells. */
const MOST_DEPLOYS = 30;

function deploysOf(
  all: readonly DeployRequests[],
  order: readonly OfDeploy[],
  names: ReadonlyMap<number, string>,
  slowMs: number,
): readonly DeployFigures[] {
  const requests = Map.groupBy(all, ({ deploy }) => deploy);
  return order.slice(-MOST_DEPLOYS).map(([id, cells]) => ({
    name: names.get(id) ?? null,
    ...figuresOf(cells, slowMs),
    firstSeen: firstHour(cells) * HOUR_MS,
    lastSeen: Math.max(...cells.map(({ hour }) => hour)) * HOUR_MS,
    callsPerRequest: callsPerRequest(requests.get(id) ?? []),
  }));
}
