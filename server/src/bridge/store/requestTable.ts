import type { Database } from '../sqlite.ts';
import { deployIds } from './deployTable.ts';
import type { RequestTally, SiteInRequest } from './requestTally.ts';

/**
 * How many requests are known again when they go on in a later batch: those that were seen last. More of them are hardly under way at once,
 * and each takes some hundred bytes.
 */
const MOST_REQUESTS = 5000;

/** Counts requests, each once however many batches it reaches over; to be called inside a transaction. */
export function countingRequests(database: Database): (requests: readonly RequestTally[]) => void {
  const before = database.prepare<[Buffer], KnownRow>('SELECT * FROM requests WHERE id = ?');
  const last = database.prepare<[], number | null>('SELECT max(seen) FROM requests').pluck();
  const keep = database.prepare('INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const forget = database.prepare(
    'DELETE FROM requests WHERE seen <= (SELECT seen FROM requests ORDER BY seen DESC LIMIT 1 OFFSET ?)',
  );
  const put = putting(database);
  const deployId = deployIds(database);
  return (requests) => {
    if (requests.length === 0) return;
    const sums = createSums();
    let seen = last.get() ?? 0;
    const firstKept = requests.length - MOST_REQUESTS;
    for (const [index, tally] of requests.entries()) {
      const row = before.get(tally.id);
      const now = goneOn(sums, row ? knownOf(row) : null, { ...tally, deploy: deployId(tally.deploy) });
      if (index < firstKept) continue;
      seen += 1;
      const { executions, statements, ms, deploy } = now;
      const sites = textOf(now.sites);
      keep.run(tally.id, seen, now.day, now.route, tally.source, executions, statements, ms, sites, deploy);
    }
    forget.run(MOST_REQUESTS);
    put(sums);
  };
}

/** Makes the sums over days and routes anew; to be called inside a transaction. */
export function sumRequests(database: Database): void {
  database.exec(`
    DELETE FROM request_sums;
    INSERT INTO request_sums SELECT site, version, part, sum(requests), sum(executions), max(most) FROM site_requests
      GROUP BY site, version, part`);
}

interface KnownRow {
  readonly day: number;
  readonly route: string;
  readonly executions: number;
  readonly statements: number;
  readonly ms: number;
  readonly sites: string;
  readonly deploy: number;
}

/** All of a request that was seen so far. */
interface Known extends Omit<RequestTally, 'id' | 'source' | 'weight' | 'deploy'> {
  /** By its number, see `deployIds`. */
  readonly deploy: number;
}

type Entry = readonly [site: string, version: string, part: string, executions: number, ms: number];

function knownOf({ sites, ...row }: KnownRow): Known {
  const entries = JSON.parse(sites) as readonly Entry[];
  return {
    ...row,
    sites: entries.map(([site, version, part, executions, ms]) => ({ site, version, part, executions, ms })),
  };
}

function textOf(sites: readonly SiteInRequest[]): string {
  return JSON.stringify(
    sites.map(({ site, version, part, executions, ms }): Entry => [site, version, part, executions, ms]),
  );
}

/** Adds to the sums what a request did since it was seen before; its route may be told only late. */
function goneOn(sums: Sums, before: Known | null, more: Known & Kind): Known {
  const now: Known = {
    day: before?.day ?? more.day,
    deploy: before?.deploy ?? more.deploy,
    route: before && before.route !== '' ? before.route : more.route,
    executions: (before?.executions ?? 0) + more.executions,
    statements: (before?.statements ?? 0) + more.statements,
    ms: (before?.ms ?? 0) + more.ms,
    sites: joined(before?.sites ?? [], more.sites),
  };
  if (before) addRequest(sums, before, more, -1);
  addRequest(sums, now, more, 1);
  return now;
}

function joined(before: readonly SiteInRequest[], more: readonly SiteInRequest[]): readonly SiteInRequest[] {
  const isSame = (a: SiteInRequest, b: SiteInRequest) =>
    a.site === b.site && a.version === b.version && a.part === b.part;
  const kept = before.map((known) => {
    const again = more.find((each) => isSame(each, known));
    return again ? { ...known, executions: known.executions + again.executions, ms: known.ms + again.ms } : known;
  });
  return [...kept, ...more.filter((each) => !before.some((known) => isSame(each, known)))];
}

interface Sum {
  readonly key: readonly (string | number)[];
  requests: number;
  executions: number;
  statements: number;
  ms: number;
  most: number;
}

interface Sums {
  readonly sites: Map<string, Sum>;
  readonly routes: Map<string, Sum>;
}

function createSums(): Sums {
  return { sites: new Map(), routes: new Map() };
}

type Kind = Pick<RequestTally, 'source' | 'weight'>;

function addRequest(
  sums: Sums,
  { day, deploy, route, sites, ...all }: Known,
  { source, weight }: Kind,
  sign: 1 | -1,
): void {
  for (const { site, version, part, ...one } of sites)
    addTo(sums.sites, [site, version, part, route, day, deploy], { ...one, statements: 0 }, sign * weight);
  if (route !== '') addTo(sums.routes, [route, source, day, deploy], all, sign * weight);
}

/** A negative weight takes out what was put in before. */
function addTo(
  sums: Map<string, Sum>,
  key: Sum['key'],
  { executions, statements, ms }: Pick<Sum, 'executions' | 'statements' | 'ms'>,
  weight: number,
): void {
  const text = key.join('\0');
  const sum = sums.get(text) ?? { key, requests: 0, executions: 0, statements: 0, ms: 0, most: 0 };
  sums.set(text, sum);
  sum.requests += weight;
  sum.executions += weight * executions;
  sum.statements += weight * statements;
  sum.ms += weight * ms;
  if (weight > 0) sum.most = Math.max(sum.most, executions);
}

function putting(database: Database): (sums: Sums) => void {
  const more =
    'requests = requests + excluded.requests, executions = executions + excluded.executions, ms = ms + excluded.ms, most = max(most, excluded.most)';
  const site = database.prepare(
    `INSERT INTO site_requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ${more}`,
  );
  const all = database.prepare(
    `INSERT INTO request_sums VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, executions = executions + excluded.executions,
       most = max(most, excluded.most)`,
  );
  const route = database.prepare(
    `INSERT INTO route_requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET ${more}, statements = statements + excluded.statements`,
  );
  return (sums) => {
    for (const { key, requests, executions, ms, most } of sums.sites.values()) {
      site.run(...key, requests, executions, ms, most);
      all.run(...key.slice(0, 3), requests, executions, most);
    }
    for (const { key, requests, executions, statements, ms, most } of sums.routes.values())
      route.run(...key, requests, executions, statements, ms, most);
  };
}
