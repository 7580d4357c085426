import { carried, type DraftFix, type Piece } from '#graph/edits/draft.ts';
import { columnOf, endOf, isOnOneLine, lineAt } from '#graph/edits/source.ts';
import { listText, type Turn } from '#graph/edits/turn.ts';

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

/** `rows.map((row) => …)`: the list made into something else, its constants kept; it begins in a line of this column. */
export function mapped(turn: Turn, column: number, result: Result): readonly Piece[] | null {
  const { site, fact } = turn;
  const { file, facts } = site;
  if (!fact.element) return null;
  const head = [...listText(turn), '.map((', carried(file, fact.element), ') =>'];
  if (!fact.prelude) return [...head, ...result.expression(column), ')'];
  const inner = column + facts.layout.step;
  const shift = isOnOneLine(facts, fact.prelude) ? 0 : inner - columnOf(facts, fact.prelude.start);
  const kept = carried(file, fact.prelude, shift);
  const line = lineAt(facts, inner);
  return [
    ...head,
    ' {',
    line,
    kept,
    line,
    'return ',
    ...result.value(inner),
    endOf(facts),
    lineAt(facts, column),
    '})',
  ];
}

/** What the callback gives, behind an arrow and behind `return`; both begin in a line of the given column. */
export interface Result {
  expression(column: number): readonly Piece[];
  value(column: number): readonly Piece[];
}
