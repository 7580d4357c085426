import { functionId, type ResolvedValue } from '#graph/projectGraph.ts';
import type { Value } from '#syntax/values.ts';
import { mayBeAbsent, somethingFirst } from './absentValues.ts';
import { callerValues } from './callerValues.ts';
import { pointOf } from './decisionPoints.ts';
import { optionText } from './optionText.ts';
import { deeper, type Reading } from './reading.ts';
import { afterWrites, assignedValues } from './writtenInto.ts';

/** Choices, names and calls followed one inside the other. */
const MAX_STEPS = 12;

/**
 * What an expression is in this run: names are followed, of a choice one side is taken, of what a function gives one return, of a
 * parameter what one of its callers hands in. Gives a reference or a call where that ends in something not known.
 */
export function settle(reading: Reading, from: ResolvedValue, path: string): ResolvedValue {
  const inner = deeper(reading);
  let at = from;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const next = inner && nextOf(inner, at, path);
    if (!next) return reading.graph.resolve(at.file, at.value);
    at = next;
  }
  return at;
}

function nextOf(reading: Reading, at: ResolvedValue, path: string): ResolvedValue | null {
  const assigned = assignedValues(reading.graph, at);
  if (assigned) return oneOf(reading, `${at.file} ${at.value.span.start}`, path, assigned);
  const written = afterWrites(reading.graph, at);
  if (written) return written;
  const known = reading.graph.resolve(at.file, at.value);
  const { file, value } = known;
  switch (value.kind) {
    case 'choice':
      return takeSide(reading, file, value, path);
    case 'call':
      return returnedBy(reading, file, value.call, [], path);
    case 'reference':
      return referred(reading, known, value, path);
    default:
      return null;
  }
}

type Choice = Extract<Value, { kind: 'choice' }>;

/** A condition asked in several places is decided once: what is there when it holds comes first. */
function takeSide(reading: Reading, file: string, value: Choice, path: string): ResolvedValue | null {
  const placed = value.options.map((option) => ({ file, value: option }));
  const [first, second] = placed;
  if (!first || !second) return first ?? null;
  if (value.operator === '?:' || value.operator === '&&') {
    const point = pointOf(file, value.test);
    const whenTrue = value.operator === '&&' ? second : first;
    const whenFalse = value.operator === '&&' ? first : second;
    return oneOf(reading, point.name, path, point.negated ? [whenFalse, whenTrue] : [whenTrue, whenFalse]);
  }
  return oneOf(reading, `${file} ${value.span.start}`, path, placed);
}

/** Takes one of several values that may stand at a path. */
export function oneOf(
  reading: Reading,
  point: string,
  path: string,
  options: readonly ResolvedValue[],
): ResolvedValue | null {
  if (options.length < 2) return options[0] ?? null;
  const text = (index: number) => optionText(reading.graph, path, options, index);
  return options[reading.decisions.choose(point, options.length, text)] ?? null;
}

function referred(
  reading: Reading,
  { file }: ResolvedValue,
  value: Extract<Value, { kind: 'reference' }>,
  path: string,
): ResolvedValue | null {
  const { root, path: steps } = value.to;
  if (root.kind === 'call') return returnedBy(reading, file, root.call, steps, path);
  if (root.kind === 'parameter') {
    const part = partOf(reading, callerValues(reading, file, root.function, root.index), steps, path);
    return part?.value.kind === 'undefined' && !mayBeAbsent(reading.graph, { file, value }) ? null : part;
  }
  if (root.kind !== 'variable' || steps.length === 0) return null;
  const whole: Value = { kind: 'reference', to: { root, path: [] }, span: value.span };
  const settled = nextOf(reading, { file, value: whole }, path);
  return settled && partOf(reading, settled, steps, path);
}

function returnedBy(
  reading: Reading,
  file: string,
  call: number,
  steps: readonly string[],
  path: string,
): ResolvedValue | null {
  const fact = reading.graph.files.get(file)?.calls[call];
  const returned = reading.graph.targets(file, call).flatMap((target) => {
    if (fact) reading.entered.set(functionId(target.file, target.fact.index), { file, call: fact });
    return target.fact.returns.map((value) => ({ file: target.file, value }));
  });
  return partOf(reading, oneOf(reading, `${file} ${call}()`, path, somethingFirst(returned)), steps, path);
}

/** What is read of a value, `where` of `params.where`; null where that cannot be told, undefined as a value where it is not there. */
function partOf(
  reading: Reading,
  whole: ResolvedValue | null,
  steps: readonly string[],
  path: string,
): ResolvedValue | null {
  const [step, ...rest] = steps;
  if (!whole || step === undefined) return whole;
  const { file, value } = settle(reading, whole, path);
  if (value.kind !== 'object' || value.properties.some((each) => each.kind === 'computed')) return null;
  const found = value.properties.findLast(
    (each) => each.kind === 'spread' || (each.kind === 'property' && each.key === step),
  );
  if (!found) return { file, value: { kind: 'undefined', span: value.span } };
  const part = found.kind === 'spread' ? partOf(reading, { file, value: found.value }, [step], path) : found;
  if (!part) return null;
  return partOf(reading, 'file' in part ? part : { file, value: part.value }, rest, path);
}
