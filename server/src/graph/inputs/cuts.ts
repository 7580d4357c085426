import type { FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { ProjectGraph } from '../projectGraph.ts';
import { valuesIn } from '../queryArgs.ts';

/** Comparing with less than this tells whether there is anything, not whether it is too much. */
const LEAST_CAP = 2;

/** `limit > 100 ? 100 : limit`, `SIZES.includes(size) ? size : 10`: the test lets only some through. */
export function isCut(graph: ProjectGraph, file: string, choice: Extract<Value, { kind: 'choice' }>): boolean {
  if (choice.options.some((option) => isMinimum(graph, file, option))) return true;
  return [...valuesIn(graph, { file, value: choice.test }), ...testsIn(graph, file, choice.test)].some(
    ({ file: from, value }) => isBound(value) || isMembership(graph, from, value),
  );
}

/** A call of `min`: in `max ? Math.min(limit, max) : limit`, and where a variable is set to one, whoever asks for a bound gets one. */
export function isMinimum(graph: ProjectGraph, file: string, value: Value): boolean {
  return value.kind === 'call' && graph.files.get(file)?.calls[value.call]?.callee.path.at(-1) === 'min';
}

function* testsIn(graph: ProjectGraph, file: string, test: Value) {
  if (test.kind === 'choice') yield* valuesIn(graph, { file, value: test.test });
}

function isBound(value: Value): boolean {
  return value.kind === 'binary' && /^[<>]=?$/.test(value.operator) && (isCap(value.left) || isCap(value.right));
}

function isCap(value: Value): boolean {
  return value.kind === 'literal' && typeof value.value === 'number' && value.value >= LEAST_CAP;
}

function isMembership(graph: ProjectGraph, file: string, value: Value): boolean {
  if (value.kind !== 'call') return false;
  return /^(includes|has|test)$/.test(graph.files.get(file)?.calls[value.call]?.callee.path.at(-1) ?? '');
}

/** Somewhere in the file it, or what was made of it, is compared with a size, or looked for in a list of sizes. */
export function isCompared(graph: ProjectGraph, file: string, to: Reference): boolean {
  const facts = graph.files.get(file);
  if (!facts) return false;
  const is = (value: Value) => isMadeOf(facts, value, JSON.stringify(to), 0);
  const isSmall = (value: Value) =>
    value.kind === 'literal' && (typeof value.value !== 'number' || value.value < LEAST_CAP);
  return (
    facts.comparisons.some(({ left, right }) => (is(left) && !isSmall(right)) || (is(right) && !isSmall(left))) ||
    isHandedTo(facts, /^(includes|has|clamp)$/, is)
  );
}

/** Whether a file calls a method of such a name with the value first. */
export function isHandedTo({ calls }: FileFacts, methods: RegExp, is: (value: Value) => boolean): boolean {
  return calls.some(
    ({ callee, arguments: [first] }) => first !== undefined && methods.test(callee.path.at(-1) ?? '') && is(first),
  );
}

const CONVERSIONS = /^(Number|parseInt|parseFloat|Math)$/;
const MAX_DEPTH = 5;

/** `page ? parseInt(page) : 10` is made of `page`; sums and products are not. */
function isMadeOf(facts: FileFacts, value: Value, key: string, depth: number): boolean {
  const within = (inner: Value | null | undefined) => !!inner && isMadeOf(facts, inner, key, depth + 1);
  if (depth > MAX_DEPTH) return false;
  if (value.kind === 'choice') return value.options.some(within);
  if (value.kind === 'unary') return within(value.operand);
  if (value.kind === 'call') return isConverted(facts, value.call, within);
  if (value.kind !== 'reference') return false;
  const { root, path } = value.to;
  if (JSON.stringify(value.to) === key) return true;
  if (path.length > 0) return false;
  if (root.kind === 'call') return isConverted(facts, root.call, within);
  return root.kind === 'variable' && within(facts.variables[root.variable]?.init);
}

function isConverted({ calls }: FileFacts, index: number, within: (value: Value | undefined) => boolean): boolean {
  const { callee, arguments: given } = calls[index] ?? {};
  const converts =
    callee?.root.kind === 'global' && (CONVERSIONS.test(callee.root.name) || callee.path.at(-1) === 'parseInt');
  return converts && within(given?.[0]);
}
