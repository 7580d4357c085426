import type { FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';

/** As the last step of a reference: what the function it leads to waits for while it runs, and what that waits for. */
export const RUNS = '{}';

/** What interactive transactions run: how long a transaction takes is told by everything awaited in it. */
export function transactionCallbacks(facts: FileFacts): readonly Reference[] {
  return facts.calls.flatMap(({ callee, arguments: given }) => {
    const [callback] = given;
    const reference = callee.path.at(-1) === '$transaction' && callback ? functionReference(callback) : null;
    return reference ? [{ root: reference.root, path: [...reference.path, RUNS] }] : [];
  });
}

function functionReference(value: Value): Reference | null {
  if (value.kind === 'function') return { root: { kind: 'function', function: value.function }, path: [] };
  return value.kind === 'reference' ? value.to : null;
}

/** What the calls inside a function run, as far as something may wait for them. */
export function callsRunBy(facts: FileFacts): (index: number) => readonly Reference[] {
  let byFunction: ReadonlyMap<number, readonly Reference[]> | null = null;
  return (index) => {
    byFunction ??= referencesByFunction(facts);
    return [index, ...functionsInside(facts, index)].flatMap((each) => byFunction?.get(each) ?? []);
  };
}

function referencesByFunction({ calls }: FileFacts): ReadonlyMap<number, readonly Reference[]> {
  const found = new Map<number, Reference[]>();
  const combined = new Set(
    calls.flatMap(({ callee, arguments: given }) => (isAll(callee) ? given.flatMap(callsIn) : [])),
  );
  for (const { index, kind, callee, awaited, returned, function: owner } of calls) {
    if (kind !== 'call' || !(awaited || returned || combined.has(index))) continue;
    const list = found.get(owner) ?? [];
    found.set(owner, list);
    list.push({ root: callee.root, path: [...callee.path, RUNS] });
  }
  return found;
}

function isAll({ root, path }: Reference): boolean {
  return root.kind === 'global' && root.name === 'Promise' && path.length === 1;
}

function callsIn(value: Value): readonly number[] {
  if (value.kind === 'array') return value.items.flatMap(callsIn);
  return value.kind === 'call' ? [value.call] : [];
}

function functionsInside({ functions }: FileFacts, outer: number): readonly number[] {
  const inside = new Set([outer]);
  for (const { index, parent } of functions) if (parent !== null && inside.has(parent)) inside.add(index);
  inside.delete(outer);
  return [...inside];
}
