import type { EntryPointFact, FileFacts } from '#syntax/facts.ts';
import { sameDriverQuery } from '../drivers/driverQuery.ts';
import type { CallEdge, FunctionId } from '../projectGraph.ts';
import type { Key } from '../trace.ts';
import type { HandedFunction } from './callEdges.ts';
import type { FileCalls, Target } from './callTargets.ts';
import { sameOutside } from './outsideCalls.ts';
import type { FoundQueries } from './querySites.ts';

/** What linking made of one file, with what it looked at to make it. */
interface Row {
  readonly facts: FileFacts;
  readonly keys: readonly Key[];
}

/** Of the first round, in which nothing is known of what parameters are handed. */
export interface FirstRow extends Row {
  readonly calls: FileCalls;
}

/** What the second round says of a file: where its calls lead, and its queries. */
export interface SecondRow extends Row {
  readonly calls: FileCalls;
  readonly handed: readonly HandedFunction[];
  readonly queries: FoundQueries;
  readonly entries: readonly { readonly fact: EntryPointFact; readonly handler: Target }[];
}

/** The calls out of a file, by the function that makes them and by the one they run. */
export interface EdgeRow extends Row {
  readonly from: ReadonlyMap<FunctionId, readonly CallEdge[]>;
  readonly to: ReadonlyMap<FunctionId, readonly CallEdge[]>;
}

/** The earlier row where a new one says the same, so that nobody who asked it need ask again. */
export function keptSecond(before: SecondRow | undefined, after: SecondRow): SecondRow {
  const same =
    before?.facts === after.facts &&
    sameList(before.calls.targets, after.calls.targets, sameTargets) &&
    sameList(before.handed, after.handed, sameHanded) &&
    sameList(before.entries, after.entries, (a, b) => a.fact === b.fact && sameTarget(a.handler, b.handler)) &&
    sameList(
      before.queries.unresolved,
      after.queries.unresolved,
      (a, b) => a.line === b.line && a.reason === b.reason,
    ) &&
    sameList(before.queries.sites, after.queries.sites, sameSite) &&
    sameOutside(before.calls.outside, after.calls.outside);
  return same ? { ...before, keys: after.keys } : after;
}

/** As {@link keptSecond}. */
export function keptEdges(before: EdgeRow | undefined, after: EdgeRow): EdgeRow {
  if (before?.facts !== after.facts || before.from.size !== after.from.size) return after;
  for (const [id, edges] of after.from) if (!sameList(before.from.get(id) ?? [], edges, sameEdge)) return after;
  return { ...before, keys: after.keys };
}

/** Leads from the same functions to the same functions. */
export function sameWays(before: EdgeRow | undefined, after: EdgeRow | undefined): boolean {
  if (!before || !after || before.from.size !== after.from.size) return before === after;
  for (const [id, edges] of after.from)
    if (!sameList(before.from.get(id) ?? [], edges, (a, b) => a.to === b.to)) return false;
  return true;
}

/** Entry points of the same kinds with the same handlers. */
export function sameEntries(before: SecondRow | undefined, after: SecondRow | undefined): boolean {
  return sameList(
    before?.entries ?? [],
    after?.entries ?? [],
    (a, b) => a.fact.kind === b.fact.kind && sameTarget(a.handler, b.handler),
  );
}

/** As long, and item by item the same. */
export function sameList<Item>(a: readonly Item[], b: readonly Item[], same: (a: Item, b: Item) => boolean): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!same(a[at] as Item, b[at] as Item)) return false;
  return true;
}

function sameTargets(a: readonly Target[] | undefined, b: readonly Target[] | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && sameList(a, b, sameTarget));
}

/** The same function of the same file. */
export function sameTarget(a: Target, b: Target): boolean {
  return a.path === b.path && a.function === b.function;
}

function sameHanded(a: HandedFunction, b: HandedFunction): boolean {
  return a.call === b.call && a.argument === b.argument && sameTarget(a.callback, b.callback);
}

type Site = FoundQueries['sites'][number];

function sameSite(a: Site, b: Site): boolean {
  return (
    a.call === b.call &&
    a.schema === b.schema &&
    a.model === b.model &&
    a.transaction === b.transaction &&
    a.origin === b.origin &&
    sameDriverQuery(a.driver, b.driver)
  );
}

function sameEdge(a: CallEdge, b: CallEdge): boolean {
  const sameLoop = a.loop?.loop === b.loop?.loop && a.loop?.over === b.loop?.over && a.loop?.file === b.loop?.file;
  return a.to === b.to && a.from === b.from && a.call === b.call && a.kind === b.kind && sameLoop;
}
