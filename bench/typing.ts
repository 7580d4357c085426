/** One state of a document while somebody types. */
export interface Keystroke {
  readonly text: string;
  /** Replaced since the state before: offsets in that state. */
  readonly start: number;
  readonly end: number;
  readonly inserted: string;
}

const BACKSPACES = 30;

/**
 * Types into a file above the line at `at`, which calls `callee` (`prisma.order`): a query, another filter in it, a loop and a callback that
 * query, then deletes a part of that, takes everything back at once, and puts it there again.
 */
export function typing(original: string, at: number, callee: string): readonly Keystroke[] {
  const strokes: Keystroke[] = [];
  const start = original.lastIndexOf('\n', at) + 1;
  let text = original;
  let cursor = start;
  const replace = (from: number, end: number, inserted: string) => {
    text = text.slice(0, from) + inserted + text.slice(end);
    cursor = from + inserted.length;
    strokes.push({ text, start: from, end, inserted });
  };
  const type = (typed: string) => {
    for (const character of typed) replace(cursor, cursor, character);
  };
  type(`const typed = await ${callee}.findMany({ where: { id: 'x' } });\n`);
  cursor = text.indexOf(' } });\n', start);
  type(', createdAt: { gt: since }');
  cursor = text.indexOf('\n', cursor) + 1;
  type(`for (const each of typed) {\n  await ${callee}.findFirst({ where: { id: each.id } });\n}\n`);
  type(`await Promise.all(typed.map(async (each) => ${callee}.update({ where: { id: each.id }, data: {} })));\n`);
  for (let count = 0; count < BACKSPACES; count++) replace(cursor - 1, cursor, '');
  const typed = text.slice(start, start + text.length - original.length);
  replace(start, start + typed.length, '');
  replace(start, start, typed);
  return strokes;
}
