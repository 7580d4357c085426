import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';

/** Whether the function a call stands in does not go on, or is not done, before the call is. */
export function isWaitedFor(facts: FileFacts, call: CallFact, depth = 0): boolean {
  if (call.awaited || call.returned) return true;
  if (depth > MAX_DEPTH) return false;
  const settled = promiseAround(facts, call);
  if (settled) return isWaitedFor(facts, settled, depth + 1);
  return facts.calls.some(
    (other) =>
      other.function === call.function &&
      (isJoining(other.callee)
        ? other.arguments.some((value) => holds(facts, value, call.index))
        : chains(other, call)) &&
      isWaitedFor(facts, other, depth + 1),
  );
}

/** `new Promise((done) => upload(file, done))`: a call whose callback settles a promise. */
function promiseAround({ functions, calls }: FileFacts, { function: at }: CallFact): CallFact | null {
  const around = calls[functions[at]?.argumentOf?.call ?? -1];
  const { root, path } = around?.callee ?? NOBODY;
  const isPromise = around?.kind === 'new' && root.kind === 'global' && root.name === 'Promise' && path.length === 0;
  return isPromise ? around : null;
}

const NOBODY: Reference = { root: { kind: 'unknown' }, path: [] };

const MAX_DEPTH = 3;

/** Gives one promise for those it is handed: `Promise.all`, `firstValueFrom`. */
function isJoining({ root, path }: Reference): boolean {
  if (root.kind === 'global' && root.name === 'Promise') return /^(?:all|allSettled|race|any)$/.test(path[0] ?? '');
  return root.kind === 'import' && path.length <= 1;
}

function holds(facts: FileFacts, value: Value, call: number): boolean {
  switch (value.kind) {
    case 'call':
      return value.call === call;
    case 'reference':
      return value.to.root.kind === 'call' && value.to.root.call === call;
    case 'array':
      return value.items.some((item) => holds(facts, item, call));
    case 'spread':
      return holds(facts, value.value, call);
    case 'choice':
      return value.options.some((option) => holds(facts, option, call));
    default:
      return false;
  }
}

/** `request().then(…)`, `http.get(…).pipe(…)`. */
function chains({ callee: { root, path } }: CallFact, call: CallFact): boolean {
  return (
    root.kind === 'call' && root.call === call.index && /^(?:then|catch|finally|pipe|toPromise)$/.test(path.join('.'))
  );
}
