import type { JsonObject } from '#shared/jsonObject.ts';

/** Reads the plain fields of an object as `console.log` prints it; null for what is not one. */
export function inspectedFields(text: string): JsonObject | null {
  if (!text.startsWith('{')) return null;
  const found = [...text.matchAll(FIELD)].map(([, name = '', texts, number]) => [
    name,
    texts === undefined ? Number(number) : textOf(texts),
  ]);
  // The first of a name is the object's own: what it holds is printed after.
  return found.length > 0 ? Object.fromEntries(found.toReversed()) : null;
}

const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/;
/** Texts with line breaks are printed in pieces joined by `+`, each with quotes of its own. */
const TEXTS = `(?:${QUOTED.source})(?:\\s\\+\\s+(?:${QUOTED.source}))*`;
const FIELD = new RegExp(`(?<=[{,]\\s*)'?([\\w$]+)'?: (?:(${TEXTS})|(\\d+(?:\\.\\d+)?)\\b)`, 'g');

function textOf(texts: string): string {
  const pieces = [...texts.matchAll(new RegExp(QUOTED.source, 'g'))].map(([piece]) => piece.slice(1, -1));
  return pieces.join('').replace(/\\(.)/gs, (_, code: string) => (code === 'n' ? '\n' : code));
}
