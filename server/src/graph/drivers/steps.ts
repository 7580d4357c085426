import type { CallFact, FileFacts } from '#syntax/facts.ts';

/** Methods that end the building of a query without being a part of it. */
const AFTER_BUILDING: ReadonlySet<string> = new Set(['then', 'catch', 'finally', 'stream', 'pipe', 'asCallback', 'on']);
/** Methods that give the text of a query instead of sending it. */
const PRINTING: ReadonlySet<string> = new Set(['toSQL', 'toString', 'toQuery']);

/** Methods of the rows that a query was answered with. */
const OF_ROWS =
  /^(?:map|flatMap|filter|forEach|reduce|find|findIndex|some|every|sort|slice|at|entries|includes|push|pop|shift|reverse|concat)$/;

/** The calls made on what each call gives, unless that is waited for first: `first().second()`. */
export type Continuations = ReadonlyMap<number, readonly CallFact[]>;

export function continuationsIn({ calls }: FileFacts): Continuations {
  const found = new Map<number, CallFact[]>();
  for (const call of calls) {
    const { root, path } = call.callee;
    if (root.kind !== 'call' || path.length !== 1 || call.kind !== 'call' || calls[root.call]?.awaited) continue;
    const list = found.get(root.call);
    if (list) list.push(call);
    else found.set(root.call, [call]);
  }
  return found;
}

/** Whether a call adds something to a query that is being built. */
export function isStep({ callee: { path } }: CallFact): boolean {
  const method = path.at(-1) ?? '';
  return !AFTER_BUILDING.has(method) && !PRINTING.has(method) && !OF_ROWS.test(method);
}

/** Calls that go on building what a call built. */
export function furtherSteps(continuations: Continuations, call: number): readonly CallFact[] {
  return (continuations.get(call) ?? []).filter(isStep);
}

/** Whether what a call built is only looked at. */
export function isPrinted(continuations: Continuations, call: number): boolean {
  return (continuations.get(call) ?? []).some(({ callee }) => PRINTING.has(callee.path[0] ?? ''));
}

/** The steps of a chain in their order, from the call that begins it to the one that ends it. */
export function stepsBetween({ calls }: FileFacts, first: number, last: CallFact): readonly CallFact[] {
  const steps: CallFact[] = [];
  for (let at: CallFact | undefined = last; at; ) {
    steps.unshift(at);
    const { root }: CallFact['callee'] = at.callee;
    at = at.index === first || root.kind !== 'call' ? undefined : calls[root.call];
  }
  return steps;
}
