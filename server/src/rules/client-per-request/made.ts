import type { CallFact, FileFacts, VariableFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';

/** Only such a call makes a client. */
export function isNew({ kind }: CallFact): boolean {
  return kind === 'new';
}

/** Calls whose value is the client a call makes: itself, and what extends it. */
export function sameClient(facts: FileFacts, made: CallFact): ReadonlySet<number> {
  const found = new Set([made.index]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { index, callee } of facts.calls)
      if (callee.root.kind === 'call' && found.has(callee.root.call) && EXTENDING.test(callee.path.join('.')))
        found.add(index);
  }
  return found;
}

const EXTENDING = /^\$(?:extends|on|replica|primary)$/;

/** Whether what a call gives goes on living after the function that called: in a variable outside, a map, an object, a class. */
export function isKept(facts: FileFacts, made: CallFact): boolean {
  const clients = sameClient(facts, made);
  const calls = [...clients].flatMap((index) => facts.calls[index] ?? []);
  if (calls.some(({ usage }) => usage.some((use) => use.kind === 'escape' && use.reason === 'stored'))) return true;
  const holders = facts.variables.filter((variable) => valuesOf(variable).some((value) => holds(value, clients)));
  if (holders.some((variable) => variable.function !== made.function)) return true;
  const names = new Set(holders.map(({ index }) => index));
  const isClient = (value: Value | null) => value !== null && (holds(value, clients) || isOneOf(value, names));
  return (
    facts.calls.some((call) => KEEPING.test(call.callee.path.at(-1) ?? '') && call.arguments.some(isClient)) ||
    facts.classes.some(({ members }) => members.some(({ value }) => isClient(value))) ||
    facts.variables.some((variable) => variable.function !== made.function && valuesOf(variable).some(isClient))
  );
}

const KEEPING = /^(?:set|add|push|unshift|register|provide|decorate|assign|defineProperty)$/;

function valuesOf({ init, writes }: VariableFact): readonly Value[] {
  const written = writes.map(({ value }) => value);
  return init ? [init, ...written] : written;
}

/** Whether a value is one of the clients, perhaps only where there was none before. */
function holds(value: Value, clients: ReadonlySet<number>): boolean {
  if (value.kind === 'call') return clients.has(value.call);
  if (value.kind === 'reference')
    return value.to.root.kind === 'call' && value.to.path.length === 0 && clients.has(value.to.root.call);
  return value.kind === 'choice' && value.options.some((option) => holds(option, clients));
}

function isOneOf(value: Value, variables: ReadonlySet<number>): boolean {
  return (
    value.kind === 'reference' &&
    value.to.root.kind === 'variable' &&
    value.to.path.length === 0 &&
    variables.has(value.to.root.variable)
  );
}
