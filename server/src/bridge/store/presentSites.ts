import type { ProjectGraph } from '#graph/projectGraph.ts';
import { fingerprintsOf } from '#graph/queryFingerprint.ts';
import { siteNow } from '#graph/siblingSites.ts';
import { isPresent, type SiteEvidence } from './measurementsOf.ts';

/** What was counted, by the id of the call. */
export type Sites = ReadonlyMap<string, Pick<SiteEvidence, 'measured' | 'requests'>>;

/** Which call of a graph has which figures now. */
export interface PresentSites {
  /** By the id a call has now, its former figures among them. */
  readonly sites: Sites;
  /** The fingerprint of the query that stands at a call; null where all that was counted there counts. */
  versionOf(site: string): string | null;
  /** The call that asks now what was counted so; null where none does any more. */
  siteOf(counted: { readonly site: string; readonly version: string }): string | null;
}

/** Without a graph, all that was counted at a call is of the query there. */
export function presentSites(sites: Sites, graph: ProjectGraph | undefined): PresentSites {
  if (!graph) return { sites, versionOf: () => null, siteOf: ({ site }) => site };
  const versionOf = fingerprintsOf(graph);
  const moves = movesOf(sites, siteNow(graph));
  const to = new Map(moves.map((move) => [keyOf(move), move.to]));
  return {
    sites: moved(sites, moves, versionOf),
    versionOf,
    siteOf: (counted) =>
      to.get(keyOf(counted)) ?? (isPresent(counted.version, versionOf(counted.site)) ? counted.site : null),
  };
}

interface Move {
  readonly site: string;
  readonly version: string;
  readonly to: string;
}

function keyOf({ site, version }: Omit<Move, 'to'>): string {
  return `${site}\0${version}`;
}

/** A call that has figures of its own was there before: it takes no others. */
function movesOf(sites: Sites, now: (site: string, version: string) => string): readonly Move[] {
  const known = new Set(
    [...sites].flatMap(([site, { measured }]) => measured.map(({ version }) => keyOf({ site, version }))),
  );
  return [...known].flatMap((key) => {
    const [site = '', version = ''] = key.split('\0');
    const to = version === '' ? site : now(site, version);
    return to === site || known.has(keyOf({ site: to, version })) ? [] : [{ site, version, to }];
  });
}

/** What else was counted under the new id of a call that moved was never its own. */
function moved(sites: Sites, moves: readonly Move[], versionOf: PresentSites['versionOf']): Sites {
  if (moves.length === 0) return sites;
  const gone = new Set(moves.map(keyOf));
  const arrived = Map.groupBy(moves, ({ to }) => to);
  const stays = (row: Omit<Move, 'to'>) =>
    !gone.has(keyOf(row)) && !(arrived.has(row.site) && !isPresent(row.version, versionOf(row.site)));
  const result = new Map(
    [...sites].map(([site, { measured, requests }]) => [
      site,
      { measured: measured.filter(stays), requests: requests.filter(stays) },
    ]),
  );
  for (const { site, version, to } of moves) {
    const [from, there] = [sites.get(site), result.get(to)];
    const isOf = (row: Omit<Move, 'to'>) => row.version === version;
    result.set(to, {
      measured: [...(there?.measured ?? []), ...(from?.measured ?? []).filter(isOf)],
      requests: [...(there?.requests ?? []), ...(from?.requests ?? []).filter(isOf)],
    });
  }
  return result;
}
