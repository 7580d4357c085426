import type { DraftEdit, DraftFix, FreshName, Piece } from '#graph/edits/draft.ts';
import { columnOf, endOf, isOnOneLine, lineAt, type Replacement, rewritten } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import type { Span } from '#shared/location.ts';

/** A query before the loop, the map made of its rows, and how a turn looks its own up. */
export interface Lookup {
  readonly title: string;
  readonly confirm?: string;
  /** Statements before the loop. */
  readonly before: readonly (readonly Piece[])[];
  /** What stands for the query in the loop. */
  readonly inLoop: readonly Piece[];
  /** A statement behind the one that declares the row. */
  readonly behind?: readonly Piece[];
}

/** The edits of a lookup: statements before the loop, the query replaced, and what then waits for nothing no longer asynchronous. */
export function lookupFix(turn: Turn, lookup: Lookup): DraftFix | null {
  const { site, fact } = turn;
  if (fact.slot === null || fact.before === null || isUnused(turn)) return null;
  const { file, facts } = site;
  const line = lineAt(facts, columnOf(facts, fact.before));
  const first: DraftEdit = {
    file,
    span: { start: fact.before, end: fact.before },
    newText: lookup.before.flatMap((statement) => [...statement, line]),
  };
  const replacements = [{ span: fact.slot, by: lookup.inLoop }, ...behind(turn, lookup)];
  const { title, confirm } = lookup;
  return {
    ...{ title, safety: 'review', edits: [first, ...inLoop(turn, fact.before, replacements)] },
    ...(confirm === undefined ? {} : { confirm }),
  };
}

/** A name for something new, told apart from all names of the function the loop stands in. */
export function freshName({ site, loop }: Turn, ...names: readonly string[]): FreshName {
  const { functions } = site.facts;
  let around = functions[loop.function];
  while (around?.parent) around = functions[around.parent];
  return { fresh: names, within: { file: site.file, span: around?.span ?? loop.span } };
}

/** Nobody wants the row: to look it up would be no better. */
function isUnused({ site: { call } }: Turn): boolean {
  return call.usage.length === 0 && !call.returned;
}

function behind({ site: { facts }, fact }: Turn, lookup: Lookup): readonly Replacement[] {
  if (!lookup.behind || !fact.declares) return [];
  const { start, end } = fact.declares.span;
  return [{ span: { start: end, end }, by: [lineAt(facts, columnOf(facts, start)), ...lookup.behind, endOf(facts)] }];
}

/** `await Promise.all(xs.map(async (x) => …))` becomes `xs.map((x) => …)` where nothing is waited for any more. */
function inLoop(turn: Turn, before: number, replacements: readonly Replacement[]): readonly DraftEdit[] {
  const { site, fact, loop } = turn;
  const { file, facts } = site;
  if (!fact.all?.awaited || fact.statement !== null || !becomesSynchronous(turn))
    return replacements.map(({ span, by }) => ({ file, span, newText: by }));
  const { span } = fact.all;
  const head: Span = { start: span.start, end: loop.span.start };
  const shift = isOnOneLine(facts, head) ? 0 : columnOf(facts, before) - columnOf(facts, loop.span.start);
  const dropped = fact.asyncWord ? [{ span: fact.asyncWord, by: [] }] : [];
  return [{ file, span, newText: rewritten(file, loop.span, [...replacements, ...dropped], shift) }];
}

/** The callback waits for nothing but the query, and gives no other promise. */
function becomesSynchronous({ site, fact, loop }: Turn): boolean {
  const callback = site.facts.functions[loop.body ?? -1];
  if (!callback) return false;
  const promises = callback.returns.some((value) => value.kind === 'call' && value.call !== site.call.index);
  return callback.async ? fact.asyncWord !== null && !promises : fact.alone;
}
