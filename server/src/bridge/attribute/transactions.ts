import type { QuerySite } from '#graph/projectGraph.ts';
import type { SiteText } from './siteTexts.ts';

/** Whether a call may send a statement there; everything may where it is not known whether it ran between BEGIN and COMMIT. */
export function mayRun(site: QuerySite, text: SiteText | null, inTransaction: boolean | undefined): boolean {
  if (inTransaction === undefined) return true;
  if (inTransaction) return text?.transaction !== false || !neverInTransaction(site);
  return text?.transaction !== true && !alwaysInTransaction(site);
}

/** The callback in whose transaction a call certainly runs, by file and function; null where that is not known. */
export function callbackOf(site: QuerySite): string | null {
  const { root } = site.client;
  return root.kind === 'parameter' && alwaysInTransaction(site) ? `${site.file} ${root.function}` : null;
}

/** Whether all that stands between BEGIN and COMMIT there is sent by this call. */
export function ownTransaction(site: QuerySite, texts: readonly SiteText[]): boolean {
  return neverInTransaction(site) && texts.length > 0 && texts.every(({ transaction }) => transaction);
}

/** By a client of the module's own, and not handed to `$transaction`: names of clients that are handed in tell nothing. */
export function neverInTransaction({ transaction, client: { root, path }, facts }: QuerySite): boolean {
  if (transaction !== null) return false;
  if (root.kind === 'call') return path.length === 0 && facts.calls[root.call]?.kind === 'new';
  return root.kind === 'import' || root.kind === 'variable' || root.kind === 'global';
}

/** An element of `$transaction([…])`, or by the very client that `$transaction` hands to its callback. */
function alwaysInTransaction({ transaction, client: { root, path }, facts }: QuerySite): boolean {
  if (transaction === 'array') return true;
  if (transaction !== 'interactive' || root.kind !== 'parameter' || root.index !== 0 || path.length > 0) return false;
  const place = facts.functions[root.function]?.argumentOf;
  const around = place ? facts.calls[place.call] : undefined;
  return place?.argument === 0 && around?.callee.path.at(-1) === '$transaction';
}
