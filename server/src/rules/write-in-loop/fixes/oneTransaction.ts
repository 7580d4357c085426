import { fits } from '#graph/edits/callText.ts';
import { carried, type DraftFix, type Piece } from '#graph/edits/draft.ts';
import { columnOf, isOnOneLine, lineAt, stepOf } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import { referenceName } from '#graph/referenceName.ts';
import { mapping, replacedLoop } from './replacedLoop.ts';

/** Rows with values of their own, written one after the other: one batch transaction, so one commit. */
export function oneTransaction(turn: Turn): DraftFix | null {
  const { site, fact } = turn;
  const { facts, file, call, args } = site;
  const rows = mapping(turn);
  if (!rows || !fact.statement || !args || !beginsTransactions(turn)) return null;
  const column = columnOf(facts, fact.statement.start);
  const callee: readonly Piece[] = [carried(file, fact.client), '.$transaction('];
  const oneLine = [...callee, ...rows, carried(file, call.span), '))'];
  const fix = {
    title: 'Send all writes as one `$transaction`',
    confirm: 'All writes become one transaction: if one fails, none stays.',
  };
  if (fits(facts, oneLine, column)) return replacedLoop(turn, fix, oneLine);
  const step = stepOf(facts);
  const line = (steps: number) => lineAt(facts, column + steps * step);
  const shift = isOnOneLine(facts, call.span) ? 0 : column + 2 * step - columnOf(facts, args.span.end - 1);
  return replacedLoop(turn, fix, [
    ...[...callee, line(1), ...rows.slice(0, -1), ') =>', line(2), carried(file, call.span, shift), ','],
    ...[line(1), '),', line(0), ')'],
  ]);
}

/** A client of the application, and not one that is inside a transaction already or may be. */
function beginsTransactions({ site }: Turn): boolean {
  const { root } = site.client;
  if (site.transaction !== null || /^(tx|trx|transaction)/i.test(referenceName(site.facts, site.client))) return false;
  return root.kind !== 'parameter' && root.kind !== 'unknown';
}
