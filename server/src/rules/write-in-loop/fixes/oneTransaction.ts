import { fits } from '#graph/edits/callText.ts';
import { carried, type DraftEdit, type DraftFix, type Piece } from '#graph/edits/draft.ts';
import { columnOf, isOnOneLine, lineAt } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import { referenceName } from '#graph/referenceName.ts';
import { mapped, replacedLoop } from './replacedLoop.ts';

const FIX = {
  title: 'Send all writes as one `$transaction`',
  confirm: 'All writes become one transaction: if one fails, none stays.',
};

/** Rows with values of their own, each written by itself: one batch transaction, so one commit. */
export function oneTransaction(turn: Turn): DraftFix | null {
  const { site, fact } = turn;
  if (!beginsTransactions(turn)) return null;
  const instead = inPlaceOfAll(turn);
  if (instead || !fact.statement) return instead;
  const { facts, file, call } = site;
  const column = columnOf(facts, fact.statement.start);
  const callee: readonly Piece[] = [carried(file, fact.client), '.$transaction('];
  const oneLine = mapped(turn, column, { expression: () => [' ', carried(file, call.span)], value: () => [] });
  if (!oneLine) return null;
  if (!fact.prelude && fits(facts, [...callee, ...oneLine, ')'], column))
    return replacedLoop(turn, FIX, [...callee, ...oneLine, ')']);
  const { step } = facts.layout;
  const line = lineAt(facts, column + step);
  const rows = mapped(turn, column + step, {
    expression: (at) => [lineAt(facts, at + step), write(turn, at + step), ',', line],
    value: (at) => [write(turn, at)],
  });
  return rows && replacedLoop(turn, FIX, [...callee, line, ...rows, ',', lineAt(facts, column), ')']);
}

function write({ site: { facts, file, call, args } }: Turn, column: number): Piece {
  const end = args?.span.end ?? call.span.end;
  return carried(file, call.span, isOnOneLine(facts, call.span) ? 0 : column - columnOf(facts, end - 1));
}

/** `Promise.all` of writes alone becomes `prisma.$transaction`, which gives the same list of answers. */
function inPlaceOfAll({ site, fact, loop }: Turn): DraftFix | null {
  const { file, facts } = site;
  const callback = facts.functions[loop.body ?? -1];
  if (!fact.all?.awaited || !fact.slot || callback?.returns.length !== 1 || !site.call.returned) return null;
  if (callback.async && !fact.asyncWord) return null;
  const { span } = fact.all;
  const all = facts.calls.find((each) => each.span.end === span.end && each.callee.path.at(-1) === 'all');
  if (!all) return null;
  const edits: DraftEdit[] = [
    {
      file,
      span: { start: all.span.start, end: all.nameSpan.end },
      newText: [carried(file, fact.client), '.$transaction'],
    },
  ];
  if (fact.asyncWord) edits.push({ file, span: fact.asyncWord, newText: '' });
  const wait = { start: fact.slot.start, end: site.call.span.start };
  if (wait.end > wait.start) edits.push({ file, span: wait, newText: '' });
  return { ...FIX, safety: 'review', edits };
}

/** A client of the application, and not one that is inside a transaction already or may be. */
function beginsTransactions({ site }: Turn): boolean {
  const { root, path } = site.client;
  if (site.transaction !== null || root.kind === 'parameter' || root.kind === 'unknown') return false;
  const made = root.kind === 'call' ? site.facts.calls[root.call] : undefined;
  if (made && (made.kind !== 'new' || path.length > 0)) return false;
  const names = [...path, referenceName(site.facts, made?.callee ?? site.client)];
  return names.every((name) => !/^(tx|trx)|tx$|transaction/i.test(name)) && CLIENT.test(names.at(-1) ?? '');
}

const CLIENT = /prisma|client|^db|db$|database|orm/i;
