import { carried, type DraftEdit, type DraftFix, type Piece } from '#graph/edits/draft.ts';
import { columnOf, endOf, isOnOneLine, lineAt, stepOf } from '#graph/edits/source.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { WaitFact } from '#syntax/waitFact.ts';
import type { Batch, WaitedStep } from './batches.ts';

/** Longest list written on one line. */
const LINE = 100;

/** Starts the reads together where only the awaits have to move; null where other code would move with them. */
export function parallelFix(facts: FileFacts, batch: Batch): DraftFix | null {
  if (batch.some(({ kind }) => kind === 'write')) return null;
  const waits = batch.map(({ wait }) => wait);
  const edits =
    inList(facts, waits) ?? (inRow(batch) ? asDeclarations(facts, waits) : null) ?? beforeObject(facts, waits);
  return edits && { title: 'Start them together with `Promise.all`', safety: 'review', edits };
}

/** Nothing else is waited for between them. */
function inRow(batch: readonly WaitedStep[]): boolean {
  return batch.every(({ position }, index) => position === (batch[0]?.position ?? 0) + index);
}

/** `[await a(), await b()]` inside `Promise.all` needs its awaits no more. */
function inList({ path, calls }: FileFacts, waits: readonly WaitFact[]): readonly DraftEdit[] | null {
  const [first] = waits;
  if (
    !first ||
    !waits.every(({ place, statement }) => place === 'element' && statement.start === first.statement.start)
  )
    return null;
  const gathered = calls.some(
    ({ callee, arguments: [list] }) =>
      callee.path.at(-1) === 'all' && list?.kind === 'array' && list.span.start === first.statement.start,
  );
  if (!gathered) return null;
  return waits.map(({ span, value }) => ({ file: path, span: { start: span.start, end: value.start }, newText: '' }));
}

/** `const a = await …; const b = await …;` one right after the other. */
function asDeclarations(facts: FileFacts, waits: readonly WaitFact[]): readonly DraftEdit[] | null {
  const [first, last] = [waits[0], waits.at(-1)];
  const joined = waits.every(({ place, adjacent }, index) => place === 'declared' && (index === 0 || adjacent));
  if (!first || !last || !joined) return null;
  const span = { start: first.statement.start, end: last.statement.end };
  const names = waits.flatMap(({ name }, index) => [
    index > 0 ? ', ' : '',
    ...(name ? [carried(facts.path, name)] : []),
  ]);
  const newText = ['const [', ...names, '] = await ', ...gathered(facts, waits, span.start), endOf(facts)];
  return [{ file: facts.path, span, newText }];
}

/** `return { a: await …, b: await … }`, where nothing else is called before the object is made. */
function beforeObject(facts: FileFacts, waits: readonly WaitFact[]): readonly DraftEdit[] | null {
  const [first] = waits;
  if (
    !first ||
    !waits.every(({ place, statement }) => place === 'property' && statement.start === first.statement.start)
  )
    return null;
  const { start } = first.statement;
  const list = waits.flatMap(({ name }, index) => [
    index > 0 ? ', ' : '',
    ...(name ? [carried(facts.path, name)] : []),
  ]);
  const newText = [
    'const [',
    ...list,
    '] = await ',
    ...gathered(facts, waits, start),
    endOf(facts),
    lineAt(facts, columnOf(facts, start)),
  ];
  return [
    { file: facts.path, span: { start, end: start }, newText },
    ...waits.map(({ name, span }) => ({
      file: facts.path,
      span: { start: name?.end ?? span.start, end: span.end },
      newText: '',
    })),
  ];
}

/** `Promise.all([…])` on one line where that is short, else one read to a line, comments kept above theirs. */
function gathered(facts: FileFacts, waits: readonly WaitFact[], start: number): readonly Piece[] {
  const column = columnOf(facts, start);
  const length = waits.reduce((sum, { value }) => sum + value.end - value.start + 2, column + 40);
  const short =
    length <= LINE &&
    waits.every(({ value, commented }, index) => isOnOneLine(facts, value) && (index === 0 || !commented));
  if (short)
    return [
      'Promise.all([',
      ...waits.flatMap(({ value }, index) => [index > 0 ? ', ' : '', carried(facts.path, value)]),
      '])',
    ];
  const step = stepOf(facts);
  const items = waits.flatMap((wait, index): readonly Piece[] => [
    ...before(facts, waits[index - 1], wait, column + step),
    carried(facts.path, wait.value, step),
    ',',
  ]);
  return ['Promise.all([', ...items, lineAt(facts, column), '])'];
}

/** What stands between two declarations if it holds a comment, else a line break. */
function before(facts: FileFacts, previous: WaitFact | undefined, wait: WaitFact, column: number): readonly Piece[] {
  if (!previous || !wait.commented || previous.place !== 'declared') return [lineAt(facts, column)];
  const between = { start: previous.statement.end, end: wait.statement.start };
  return [carried(facts.path, between, column - columnOf(facts, wait.statement.start))];
}
