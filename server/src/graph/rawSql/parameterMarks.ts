import type { ResolvedValue } from '../projectGraph.ts';
import type { SqlPart } from './sqlPart.ts';

/** Strings, quoted names and comments, in which a question mark is none; then the marks: `??` is a name that is put in. */
const MARK = /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\\\?|\?\??/g;

/** Makes parameters of the question marks in a text; `values` are those handed over beside it, as far as they are known one by one. */
export function withParameters(parts: readonly SqlPart[], values: readonly ResolvedValue[]): readonly SqlPart[] {
  let next = 0;
  return parts.flatMap((part): readonly SqlPart[] => {
    if (part.kind !== 'text') return [part];
    const found: SqlPart[] = [];
    let start = 0;
    for (const { 0: mark, index } of part.text.matchAll(MARK)) {
      if (mark !== '?' && mark !== '??') continue;
      found.push(stretch(part, start, index), placeOf(part, mark, values[next++]));
      start = index + mark.length;
    }
    return start === 0 ? [part] : [...found, stretch(part, start, part.text.length)];
  });
}

type Text = Extract<SqlPart, { kind: 'text' }>;

function stretch(part: Text, from: number, to: number): Text {
  const { file, span } = part.at;
  const at = part.exact ? { file, span: { start: span.start + from, end: span.start + to } } : part.at;
  return { ...part, text: part.text.slice(from, to), at };
}

function placeOf(part: Text, mark: '?' | '??', given: ResolvedValue | undefined): SqlPart {
  const value = given ?? { file: part.at.file, value: { kind: 'unknown', span: part.at.span } };
  if (mark === '?') return { kind: 'parameter', value, list: false, at: part.at };
  return { kind: 'unknown', as: 'fragment', number: false, name: '', value, at: part.at };
}
