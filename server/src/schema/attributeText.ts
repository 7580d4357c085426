import type { Span } from '#shared/location.ts';

/** The arguments of an attribute such as `@@index([a, b(sort: Desc)], where: raw("…"))`, read from its text alone. */
export interface AttributeText {
  /** Names in the first list, or the one name in its place, or the names given by `fields:`. */
  readonly fields: readonly string[];
  /** Text of the `where` argument as written, null when there is none. */
  readonly where: string | null;
}

/** Reads `@name(…)` or `@@name(…)` out of a line; null when the attribute is not there. */
export function readAttribute(line: string, name: string): AttributeText | null {
  const at = attributeStart(line, name);
  if (at === -1) return null;
  const open = at + name.length;
  if (line[open] !== '(') return { fields: [], where: null };
  const args = splitTopLevel(line.slice(open + 1, closingOf(line, open)));
  const named = new Map(args.map(splitName));
  const list = named.get('fields') ?? args.find((arg) => arg.startsWith('[')) ?? named.get('') ?? '';
  return { fields: listNames(list), where: named.get('where') ?? null };
}

/** Where `@name(…)` stands in a line; null when the attribute is not there. */
export function attributeSpan(line: string, name: string): Span | null {
  const start = attributeStart(line, name);
  if (start === -1) return null;
  const end = start + name.length;
  return { start, end: line[end] === '(' ? Math.min(closingOf(line, end) + 1, line.length) : end };
}

/** Cuts at the commas that are outside of brackets and strings. */
export function splitTopLevel(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { index, char } of structure(text)) {
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, index).trim());
      from = index + 1;
    }
  }
  return [...parts, text.slice(from).trim()].filter((part) => part !== '');
}

/** `name: value`; the name is empty when there is none. */
export function splitName(argument: string): [name: string, value: string] {
  const match = /^(\w+)\s*:\s*([\s\S]*)$/.exec(argument);
  return match === null ? ['', argument] : [match[1] ?? '', match[2] ?? ''];
}

/** The text of a string literal, or null when it is something else. */
export function stringValue(text: string): string | null {
  if (!/^"(?:[^"\\]|\\.)*"$/.test(text)) return null;
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

function attributeStart(line: string, name: string): number {
  for (let at = line.indexOf(name); at !== -1; at = line.indexOf(name, at + 1)) {
    if (line[at - 1] !== '@' && !/\w/.test(line[at + name.length] ?? '')) return at;
  }
  return -1;
}

function closingOf(text: string, open: number): number {
  let depth = 0;
  for (const { index, char } of structure(text.slice(open))) {
    if (char === '(') depth += 1;
    else if (char === ')' && --depth === 0) return open + index;
  }
  return text.length;
}

function listNames(text: string): readonly string[] {
  const inner = text.replace(/^\[/, '').replace(/\]\s*$/, '');
  return splitTopLevel(inner).map((item) => /^[^\s(]+/.exec(item)?.[0] ?? item);
}

/** Characters that build structure, strings left out. */
function* structure(text: string): Generator<{ index: number; char: string }> {
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[()[\]{},]/g)) {
    if (match[0].length === 1) yield { index: match.index, char: match[0] };
  }
}
