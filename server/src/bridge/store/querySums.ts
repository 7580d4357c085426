import type { QueryUnderDeploy } from '#shared/periods.ts';
import type { Database } from '../sqlite.ts';
import { periodSum } from './periodSum.ts';
import type { PresentSites } from './presentSites.ts';
import { perRequestOf, siteDeployRequests } from './requestFigures.ts';
import type { SiteHour } from './timedRows.ts';

/** What each query did under each deploy. */
export interface QuerySums {
  /** All rows of one call site. */
  add(rows: readonly SiteHour[]): void;
  /** Of the deploys that have a name, in their order. */
  figures(database: Database, names: ReadonlyMap<number, string>): ReadonlyMap<string, readonly QueryUnderDeploy[]>;
}

/** What was counted at a site is added up at once, but where a call has figures of several sites: those wait for each other. */
export function querySums(present: PresentSites): QuerySums {
  const calls = callsNow(present);
  const sums = new Map<string, ReadonlyMap<number, Summed>>();
  const waiting: { readonly id: string; readonly row: SiteHour }[] = [];
  return {
    add: (rows) => {
      for (const [id, of] of Map.groupBy(rows, (row) => calls.of(row))) {
        if (id === undefined) continue;
        if (calls.several.has(id)) waiting.push(...of.map((row) => ({ id, row })));
        else sums.set(id, summed(of));
      }
    },
    figures: (database, names) => {
      for (const [id, of] of Map.groupBy(waiting, ({ id }) => id)) sums.set(id, summed(of.map(({ row }) => row)));
      const requests = Map.groupBy(siteDeployRequests(database), (row) => `${calls.of(row)}\0${row.deploy}`);
      const under = (id: string, of: ReadonlyMap<number, Summed>) =>
        [...names].flatMap(([deploy, name]): readonly QueryUnderDeploy[] => {
          const found = of.get(deploy);
          if (!found) return [];
          const { parts, ...figures } = found;
          const ofParts = (requests.get(`${id}\0${deploy}`) ?? []).filter(({ part }) => parts.has(part));
          return [{ deploy: name, ...figures, perRequest: perRequestOf(ofParts)?.mean ?? null }];
        });
      return new Map([...sums].map(([id, of]) => [id, under(id, of)]));
    },
  };
}

interface Summed extends Pick<QueryUnderDeploy, 'calls' | 'meanMs' | 'p95Ms'> {
  readonly parts: ReadonlySet<string>;
}

function summed(rows: readonly SiteHour[]): ReadonlyMap<number, Summed> {
  const byDeploy = [...Map.groupBy(rows, ({ deploy }) => deploy)];
  return new Map(
    byDeploy.map(([deploy, of]) => {
      const sum = periodSum(of);
      const parts = new Set<string>(of.map(({ part }) => part));
      return [deploy, { calls: sum.count(), meanMs: sum.meanMs(), p95Ms: sum.p95Ms(), parts }];
    }),
  );
}

interface Counted {
  readonly site: string;
  readonly version: string;
}

/** The call that has what was counted, as its present or its former figures; undefined where it is none's. */
function callsNow({ sites }: PresentSites) {
  const at = new Map<string, string>();
  const several = new Set<string>();
  for (const [id, { measured }] of sites) {
    for (const row of measured) at.set(keyOf(row), id);
    if (measured.some(({ site }) => site !== measured[0]?.site)) several.add(id);
  }
  return { of: (row: Counted) => at.get(keyOf(row)), several };
}

/** The same as long as every call has the same figures, whatever else becomes of the code. */
export function callsText({ sites }: PresentSites): string {
  return [...sites].map(([id, { measured }]) => [id, ...new Set(measured.map(keyOf))].join('\0')).join('\n');
}

function keyOf({ site, version }: Counted): string {
  return `${site}\0${version}`;
}
