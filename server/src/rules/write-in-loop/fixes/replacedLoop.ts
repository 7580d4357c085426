import { carried, type DraftFix, type Piece } from '#graph/edits/draft.ts';
import { endOf } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';

/** A whole loop replaced by one awaited call. */
export function replacedLoop(
  { site, fact }: Turn,
  fix: Pick<DraftFix, 'title' | 'confirm'>,
  call: readonly Piece[],
): DraftFix | null {
  if (!fact.statement) return null;
  const newText: readonly Piece[] = ['await ', ...call, endOf(site.facts)];
  return { ...fix, safety: 'review', edits: [{ file: site.file, span: fact.statement, newText }] };
}

/** `rows.map((row) => …)` without what the callback gives. */
export function mapping({ site, fact, over }: Turn): readonly Piece[] | null {
  if (!fact.element) return null;
  return [carried(site.file, over.span), '.map((', carried(site.file, fact.element), ') => '];
}
