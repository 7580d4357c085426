/** Puts a statement together piece by piece and folds lists of values as they close. */
export interface Fold {
  add(piece: string): void;
  /** A literal or placeholder, by the index of its token; texts side by side are one literal in SQL. */
  value(isText: boolean, token: number): void;
  pieces(): readonly string[];
  /** The tokens that came together in each `?` of the pieces. */
  folded(): readonly (readonly number[])[];
}

export function createFold(): Fold {
  const out: string[] = [];
  /** Of each piece with a `?`, by its index; what is beyond the end of `out` is nothing. */
  const tokens: (readonly number[])[] = [];
  const levels: Level[] = [{ start: -1, lastRow: null }];
  let afterText = false;
  return {
    value: (isText, token) => {
      if (isText && afterText) return;
      dropSign(out);
      tokens[out.length] = [token];
      out.push('?');
      afterText = isText;
    },
    add: (piece) => {
      afterText = false;
      out.push(piece);
      if (piece === '(' || piece === '[') levels.push({ start: out.length - 1, lastRow: null });
      else if (piece === ')' || piece === ']') closeLevel(out, tokens, levels);
    },
    pieces: () => withoutSemicolons(out),
    folded: () => out.flatMap((piece, index) => (VALUE.test(piece) ? [tokens[index] ?? []] : [])),
  };
}

/** Where a parenthesis and what it holds stand in the pieces. */
interface Row {
  readonly start: number;
  readonly end: number;
}

/** A parenthesis that is open, and the last one that was closed right inside of it. */
interface Level {
  readonly start: number;
  lastRow: Row | null;
}

type Tokens = (readonly number[])[];

function closeLevel(out: string[], tokens: Tokens, levels: Level[]): void {
  const [around, level] = [levels.at(-2), levels.at(-1)];
  if (around === undefined || level === undefined) return;
  levels.pop();
  foldList(out, tokens, level.start);
  const row = { start: level.start, end: out.length };
  const before = around.lastRow;
  if (before !== null && before.end === row.start - 1 && out[before.end] === ',' && sameRows(out, before, row)) {
    addRow(out, tokens, before, row);
    out.length = before.end;
  } else around.lastRow = row;
}

/** What stands in a row comes to what stands in the same place of the one before. */
function addRow(out: readonly string[], tokens: Tokens, before: Row, row: Row): void {
  for (let at = 0; at < row.end - row.start; at++) {
    if (!VALUE.test(out[row.start + at] ?? '')) continue;
    tokens[before.start + at] = [...(tokens[before.start + at] ?? []), ...(tokens[row.start + at] ?? [])];
  }
}

/** Folds a list of nothing but values to one of them. */
function foldList(out: string[], tokens: Tokens, start: number): void {
  const element = out[start + 1] ?? '';
  if (!VALUE.test(element) || !isListOf(element, out, start + 1)) return;
  const list = `${out[start]}${element}${out.at(-1)}`;
  const inside: number[] = [];
  for (let at = start + 1; at < out.length - 1; at += 2) inside.push(...(tokens[at] ?? []));
  tokens[start] = inside;
  out.length = start;
  out.push(list);
}

const VALUE = /^[([]*\?[)\]]*$/;

function isListOf(element: string, out: readonly string[], from: number): boolean {
  const end = out.length - 1;
  if ((end - from) % 2 === 0) return false;
  for (let at = from + 1; at < end; at += 2) if (out[at] !== ',' || out[at + 1] !== element) return false;
  return true;
}

function sameRows(out: readonly string[], a: Row, b: Row): boolean {
  if (a.end - a.start !== b.end - b.start) return false;
  for (let at = 0; at < a.end - a.start; at++) if (out[a.start + at] !== out[b.start + at]) return false;
  return true;
}

/** Signs belong to the value unless something stands before them to count from. */
function dropSign(out: string[]): void {
  while (isSign(out.at(-1)) && !endsOperand(out.at(-2))) out.pop();
}

function isSign(piece: string | undefined): boolean {
  return piece === '-' || piece === '+';
}

function endsOperand(piece: string | undefined): boolean {
  return piece !== undefined && /[\w"`\])?\u0080-\uFFFF]$/.test(piece) && !BEFORE_OPERAND.has(piece);
}

const BEFORE_OPERAND: ReadonlySet<string> = new Set(
  'select and or not where having limit offset then else when in between like by values set return returning on case is div mod interval'.split(
    ' ',
  ),
);

function withoutSemicolons(out: readonly string[]): readonly string[] {
  return out.slice(0, out.findLastIndex((piece) => piece !== ';') + 1);
}
