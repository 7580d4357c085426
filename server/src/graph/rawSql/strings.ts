import type { Value } from '#syntax/values.ts';
import { callIndex } from '../callIndex.ts';
import { listElements } from '../listElements.ts';
import type { ResolvedValue } from '../projectGraph.ts';
import { builtUp } from './builtUp.ts';
import { isFragment } from './fragmentKind.ts';
import { isNumber } from './numbers.ts';
import { optionsOf } from './options.ts';
import { deeper, oneOf, type Reading, unknown, written } from './reading.ts';
import type { SqlPart } from './sqlPart.ts';

/** The parts of a string that becomes SQL as it is. */
export function stringParts(reading: Reading, from: ResolvedValue): readonly SqlPart[] {
  const inner = deeper(reading);
  if (!inner) return [unknown(reading.graph, from, 'text')];
  const built = builtUp(inner, from, stringParts);
  if (built) return built;
  const known = reading.graph.resolve(from.file, from.value);
  return writtenParts(inner, known) ?? calledParts(inner, known) ?? oneOfParts(inner, known);
}

function writtenParts(reading: Reading, { file, value }: ResolvedValue): readonly SqlPart[] | null {
  switch (value.kind) {
    case 'literal':
      return [literalPart(file, value)];
    case 'undefined':
      return [];
    case 'template':
      return value.texts.flatMap((text, index) => {
        const inner = value.values[index];
        const part = written(file, text, value.textSpans[index] ?? value.span);
        return [part, ...(inner ? stringParts(reading, { file, value: inner }) : [])];
      });
    case 'binary':
      if (value.operator !== '+' && value.operator !== '+=') return null;
      return [value.left, value.right].flatMap((side) => stringParts(reading, { file, value: side }));
    default:
      return null;
  }
}

function literalPart(file: string, { value, span }: Extract<Value, { kind: 'literal' }>): SqlPart {
  if (typeof value === 'string') return written(file, value, { start: span.start + 1, end: span.end - 1 });
  return { kind: 'text', text: String(value), at: { file, span }, exact: false };
}

/** Methods that leave the text what it is, but for its ends and its case. */
const KEEPING: ReadonlySet<string> = new Set([
  'trim',
  'trimEnd',
  'trimStart',
  'toString',
  'toUpperCase',
  'toLowerCase',
]);
/** What an SQL object gives as its text. */
const TEXTS: ReadonlySet<string> = new Set(['sql', 'text', 'statement']);

function calledParts(reading: Reading, { file, value }: ResolvedValue): readonly SqlPart[] | null {
  if (value.kind === 'reference' && TEXTS.has(value.to.path.at(-1) ?? '')) {
    const object = receiver(value.to.root, value.to.path, value);
    return isFragment(reading.graph, { file, value: object })
      ? reading.fragment(reading, { file, value: object })
      : null;
  }
  const index = callIndex(value);
  const call = index === null ? undefined : reading.graph.files.get(file)?.calls[index];
  if (!call) return null;
  const { root, path } = call.callee;
  const [argument] = call.arguments;
  if (root.kind === 'global' && root.name === 'String' && argument)
    return stringParts(reading, { file, value: argument });
  const method = path.at(-1) ?? '';
  const on = { file, value: receiver(root, path, value) };
  if (KEEPING.has(method) && root.kind !== 'unknown') return stringParts(reading, on);
  return method === 'join' && root.kind !== 'unknown' ? joinedText(reading, on, argument) : null;
}

function receiver(
  root: Extract<Value, { kind: 'reference' }>['to']['root'],
  path: readonly string[],
  { span }: Value,
): Value {
  return { kind: 'reference', to: { root, path: path.slice(0, -1) }, span };
}

/** `clauses.join(' AND ')`. */
function joinedText(reading: Reading, list: ResolvedValue, separator: Value | undefined): readonly SqlPart[] | null {
  const elements = listElements(reading.graph, list);
  if (!elements) return null;
  const items = elements.map(({ value, optional }) => {
    const take = (at: Reading) => stringParts(at, value);
    return optional ? oneOf(reading, `${value.file} ${value.value.span.start}`, [take, () => []]) : take(reading);
  });
  const between: readonly SqlPart[] = separator
    ? stringParts(reading, { file: list.file, value: separator })
    : [{ kind: 'text', text: ',', at: { file: list.file, span: list.value.span }, exact: false }];
  const there = items.filter((parts) => parts.length > 0);
  return there.flatMap((parts, index) => (index === 0 ? parts : [...between, ...parts]));
}

function oneOfParts(reading: Reading, known: ResolvedValue): readonly SqlPart[] {
  const { graph } = reading;
  const options = optionsOf(graph, known);
  const nothing = [unknown(graph, known, 'text', isNumber(graph, known))];
  if (!options) return nothing;
  const taken = options.values.map((option) => (at: Reading) => stringParts(at, option));
  return oneOf(reading, `${known.file} ${known.value.span.start}`, options.open ? [...taken, () => nothing] : taken);
}
