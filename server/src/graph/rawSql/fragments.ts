import type { CallFact } from '#syntax/facts.ts';
import type { ResolvedValue } from '../projectGraph.ts';
import { builtUp } from './builtUp.ts';
import { isFragment, isTypedFragment } from './fragmentKind.ts';
import { joinParts } from './joins.ts';
import { type Maker, makerOf } from './makers.ts';
import { optionsOf } from './options.ts';
import { deeper, oneOf, parameter, type Reading, unknown, written } from './reading.ts';
import type { SqlPart } from './sqlPart.ts';
import { stringParts } from './strings.ts';

/** The text of `$queryRaw` as a tag or over an SQL object. */
export function taggedParts(reading: Reading, kind: CallFact['kind'], from: ResolvedValue): readonly SqlPart[] {
  if (kind === 'tagged') return templateParts(reading, from);
  return fragmentParts(reading, from) ?? [unknown(reading.graph, from, 'fragment')];
}

/** The parts of an SQL object; null for a value, which becomes a parameter. */
export function fragmentParts(reading: Reading, from: ResolvedValue): readonly SqlPart[] | null {
  const inner = deeper(reading);
  if (!inner) return null;
  if (isFragment(reading.graph, from)) {
    const built = builtUp(inner, from, valueParts);
    if (built) return built;
  }
  const known = reading.graph.resolve(from.file, from.value);
  const maker = makerOf(reading.graph, known);
  if (maker) return madeParts(inner, maker);
  const options = optionsOf(reading.graph, known);
  if (options?.values.some((option) => isFragment(reading.graph, option))) {
    const taken = options.values.map((option) => (at: Reading) => optionParts(at, option));
    return oneOf(inner, `${known.file} ${known.value.span.start}`, taken);
  }
  return isTypedFragment(reading.graph, known) ? [unknown(reading.graph, known, 'fragment')] : null;
}

/** What stands in a template: an SQL object or a value. */
function valueParts(reading: Reading, from: ResolvedValue): readonly SqlPart[] {
  return fragmentParts(reading, from) ?? [parameter(from)];
}

/** Beside an SQL object, `undefined` and an empty text stand for none. */
function optionParts(reading: Reading, option: ResolvedValue): readonly SqlPart[] {
  const { value } = reading.graph.resolve(option.file, option.value);
  const none = value.kind === 'undefined' || (value.kind === 'literal' && (value.value === null || value.value === ''));
  return none ? [] : valueParts(reading, option);
}

function madeParts(reading: Reading, maker: Maker): readonly SqlPart[] {
  if (maker.kind === 'empty') return [];
  const [first] = maker.call.arguments;
  if (!first) return [];
  const from = { file: maker.file, value: first };
  if (maker.kind === 'sql') return templateParts(reading, from);
  return maker.kind === 'raw' ? stringParts(reading, from) : joinParts(reading, maker.file, maker.call.arguments);
}

function templateParts(reading: Reading, { file, value }: ResolvedValue): readonly SqlPart[] {
  if (value.kind !== 'template') return [unknown(reading.graph, { file, value }, 'fragment')];
  return value.texts.flatMap((text, index) => {
    const between = value.textSpans[index] ?? value.span;
    const inner = value.values[index];
    return [written(file, text, between), ...(inner ? valueParts(reading, { file, value: inner }) : [])];
  });
}
