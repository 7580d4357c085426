import type { Span } from '#shared/location.ts';
import type { FileFacts, VariableFact, WriteFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { ResolvedValue } from '../projectGraph.ts';
import { deeper, oneOf, type Reading, type ReadParts } from './reading.ts';
import type { SqlPart } from './sqlPart.ts';

/** The parts of a variable that is assigned more than once: `sql += ' AND …'`, `where = Prisma.sql`${where} AND …``; null for any other value. */
export function builtUp(reading: Reading, { file, value }: ResolvedValue, read: ReadParts): readonly SqlPart[] | null {
  if (value.kind !== 'reference' || value.to.root.kind !== 'variable' || value.to.path.length > 0) return null;
  const key = `${file} ${value.to.root.variable}`;
  const known = reading.built.get(key);
  if (known) return known;
  const facts = reading.graph.files.get(file);
  const variable = facts?.variables[value.to.root.variable];
  const writes =
    variable?.writes.filter(({ path, span }) => path.length === 0 && isBefore(span, variable, value)) ?? [];
  const inner = deeper(reading);
  if (!facts || !variable || !inner || !isAssignedTwice(variable, writes)) return null;
  const started = variable.init && variable.init.kind !== 'undefined' ? [variable.init] : [];
  let state: readonly SqlPart[] = started.flatMap((init) => read(inner, { file, value: init }));
  for (const step of stepsOf(facts, variable.index, writes))
    state = afterStep(inner, file, key, state, step, read, started);
  return state;
}

/** What a variable without an initial value is given once is its only value. */
function isAssignedTwice({ init }: VariableFact, writes: readonly WriteFact[]): boolean {
  return writes.length > 1 || (writes.length === 1 && (init !== null || writes[0]?.conditional === true));
}

/** Assignments of which one takes place or none, or one by itself. */
function stepsOf(facts: FileFacts, variable: number, writes: readonly WriteFact[]): readonly (readonly WriteFact[])[] {
  const steps: WriteFact[][] = [];
  let alternatives: WriteFact[] | null = null;
  for (const write of writes) {
    const replaces = write.conditional && !mentions(facts, write.value, variable);
    if (replaces && alternatives) alternatives.push(write);
    else {
      const step = [write];
      steps.push(step);
      alternatives = replaces ? step : null;
    }
  }
  return steps;
}

function afterStep(
  reading: Reading,
  file: string,
  key: string,
  state: readonly SqlPart[],
  step: readonly WriteFact[],
  read: ReadParts,
  started: readonly Value[],
): readonly SqlPart[] {
  const taken = step.map(
    (write) => (inner: Reading) =>
      read({ ...inner, built: new Map([...inner.built, [key, state]]) }, { file, value: write.value }),
  );
  const [first] = step;
  const certain = first?.conditional === false || (started.length === 0 && state.length === 0 && step.length > 1);
  return oneOf(reading, `${file} ${first?.span.start}`, certain ? taken : [...taken, () => state]);
}

/** What is assigned further down than it is used does not count there. */
function isBefore(write: Span, { span }: VariableFact, use: Value): boolean {
  return use.span.start < span.end || write.start < use.span.start;
}

/** The old value takes part in the new one. */
function mentions(facts: FileFacts, value: Value, variable: number): boolean {
  const inside = (values: readonly Value[]) => values.some((inner) => mentions(facts, inner, variable));
  switch (value.kind) {
    case 'reference':
      return value.to.root.kind === 'variable' && value.to.root.variable === variable;
    case 'binary':
      return inside([value.left, value.right]);
    case 'template':
      return inside(value.values);
    case 'choice':
      return inside(value.options);
    case 'array':
      return inside(value.items);
    case 'call':
      return inside(facts.calls[value.call]?.arguments ?? []);
    default:
      return false;
  }
}
