import type { QuerySite } from '#graph/projectGraph.ts';
import type { Sender } from '../../attribute/siteIndex.ts';

/** First statements of calls, as far back as something may follow them. */
export interface RecentRoots<Root> {
  add(site: QuerySite, root: Root): void;
  /** Those that may still be this call's, oldest first. */
  of(site: QuerySite, before: number): readonly Root[];
  /** Whether some were forgotten that may matter: more came than are kept. */
  isCut(site: QuerySite, before: number): boolean;
  /** One of what follows has come. */
  use(root: Root, follower: Follower): void;
  /** Whether as many have come as follow one root. */
  isUsed(root: Root, follower: Follower): boolean;
}

/** What comes after a root, so many times. */
export interface Follower {
  readonly key: string;
  readonly times: number;
}

/** Of one call; more at once cannot be told apart anyway. */
const MOST = 64;

interface Recent<Root> {
  readonly roots: Root[];
  /** When the last one that was forgotten early had ended. */
  cutAt: number;
}

export function createRecentRoots<Root extends { readonly end: number; readonly options: readonly Sender[] }>(
  keptMs: number,
): RecentRoots<Root> {
  const recents = new Map<QuerySite, Recent<Root>>();
  const used = new WeakMap<Root, Map<string, number>>();
  return {
    add: (site, root) => {
      const recent = recents.get(site) ?? { roots: [], cutAt: Number.NEGATIVE_INFINITY };
      recents.set(site, recent);
      recent.roots.push(root);
      while (recent.roots.length > MOST) recent.cutAt = recent.roots.shift()?.end ?? recent.cutAt;
    },
    of: (site, before) => {
      const recent = recents.get(site);
      if (!recent) return [];
      while ((recent.roots[0]?.end ?? before) < before - keptMs) recent.roots.shift();
      return recent.roots.filter(({ options }) => options.some((option) => option.site === site));
    },
    isCut: (site, before) => (recents.get(site)?.cutAt ?? Number.NEGATIVE_INFINITY) >= before - keptMs,
    use: (root, { key }) => {
      const counts = used.get(root) ?? new Map<string, number>();
      used.set(root, counts.set(key, (counts.get(key) ?? 0) + 1));
    },
    isUsed: (root, { key, times }) => (used.get(root)?.get(key) ?? 0) >= times,
  };
}
