import type { CallFact, ClassFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';

/** A map that lives as long as the process, of which everything that is done with it is seen. */
export interface Store {
  /** The `new Map()`. */
  readonly made: CallFact;
  /** Methods called on it, by call. */
  readonly uses: readonly { readonly method: string; readonly call: CallFact }[];
}

/** Maps of module level and of classes of which there is one; none that somebody else may empty. */
export function storesOf(facts: FileFacts): readonly Store[] {
  const made = facts.calls.filter((call) => isNewMap(call) && call.function === 0);
  return made.flatMap((call) => moduleStore(facts, call) ?? fieldStore(facts, call) ?? []);
}

function isNewMap({ kind, callee: { root, path } }: CallFact): boolean {
  return kind === 'new' && root.kind === 'global' && root.name === 'Map' && path.length === 0;
}

function moduleStore(facts: FileFacts, made: CallFact): Store | null {
  const isSeen = made.usage.length > 0 && made.usage.every(({ kind, path }) => kind === 'method' && path.length === 0);
  if (!isSeen || isExported(facts, made)) return null;
  const uses = usesWhere(facts, ({ root, path }) =>
    root.kind === 'call' && root.call === made.index && path.length === 1 ? (path[0] ?? null) : null,
  );
  return { made, uses };
}

function isExported({ exports }: FileFacts, { index }: CallFact): boolean {
  return exports.some(({ value }) => value?.root.kind === 'call' && value.root.call === index);
}

function fieldStore(facts: FileFacts, made: CallFact): Store | null {
  const isIt = (value: Value | null) => value?.kind === 'call' && value.call === made.index;
  for (const owner of facts.classes) {
    const member = owner.members.find(({ value }) => isIt(value));
    if (!member) continue;
    if (!member.static && !isOnlyOne(facts, owner)) return null;
    const read = ({ root, path }: Reference) =>
      (root.kind === 'this' || root.kind === 'class') && root.class === owner.index && path[0] === member.name
        ? path.slice(1)
        : null;
    const whole = (value: Value) => value.kind === 'reference' && read(value.to)?.length === 0;
    const escapes =
      facts.functions.some(({ returns }) => returns.some(whole)) ||
      facts.calls.some(({ arguments: given }) => given.some(whole)) ||
      facts.variables.some(({ init }) => init !== null && whole(init));
    if (escapes) return null;
    const uses = usesWhere(facts, (callee) => {
      const path = read(callee);
      return path?.length === 1 ? (path[0] ?? null) : null;
    });
    return { made, uses };
  }
  return null;
}

/** A provider of a container, or a class that its own file makes one of. */
function isOnlyOne(facts: FileFacts, { index, decorators }: ClassFact): boolean {
  if (decorators.some(({ name }) => /^(?:Injectable|Service|Singleton|Controller)$/.test(name))) return true;
  return facts.calls.some(
    ({ kind, callee: { root }, function: at }) =>
      kind === 'new' && at === 0 && root.kind === 'class' && root.class === index,
  );
}

function usesWhere(facts: FileFacts, methodOf: (callee: Reference) => string | null): Store['uses'] {
  return facts.calls.flatMap((call) => {
    const method = call.kind === 'call' ? methodOf(call.callee) : null;
    return method === null ? [] : [{ method, call }];
  });
}
