import type { CallFact, FileFacts } from '#syntax/facts.ts';
import { isOperation } from '../operations.ts';
import { mayBeDriverCall } from './driverSigns.ts';
import { mentionsIn, type Part, part, rootPart } from './mentions.ts';

/** What of a file leads to something by way of mentions: exports by name, functions by index. */
export interface Reached {
  readonly exports: readonly string[];
  readonly functions: readonly number[];
}

/** What of one file leads to its own queries or to an import; depends on its facts alone. */
export interface QueryReach {
  readonly own: Reached;
  ofImport(index: number): Reached;
}

/** The module body mentions everything and is mentioned by nobody. */
const MODULE = part('function', 0);

/** Follows mentions backwards; each import is followed once, when somebody asks. */
export function createQueryReach(facts: FileFacts, querying: readonly CallFact[]): QueryReach {
  const mentions = mentionsIn(facts);
  const exported = exportsByPart(facts);
  const ofImports: (Reached | undefined)[] = [];

  function from(seeds: readonly Part[]): Reached {
    const reached = new Set<Part>();
    const queue = [...seeds];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (next === MODULE || reached.has(next)) continue;
      reached.add(next);
      for (const owner of mentions.get(next) ?? []) queue.push(owner);
    }
    const exports: string[] = [];
    const functions: number[] = [];
    for (const each of reached) {
      for (const name of exported.get(each) ?? []) exports.push(name);
      const index = functionOf(each);
      if (index !== null) functions.push(index);
    }
    return { exports, functions };
  }

  return {
    own: from(querying.map((call) => part('function', call.function))),
    ofImport: (index) => {
      const known = ofImports[index] ?? from([part('import', index)]);
      ofImports[index] = known;
      return known;
    },
  };
}

/** A call that a schema or its very name makes look like Prisma's; where the project has a driver, one that looks like that of a driver. */
export function createQueryTest(delegates: ReadonlySet<string>, asksDrivers: boolean): (call: CallFact) => boolean {
  return (call) => isPrismas(call, delegates) || (asksDrivers && mayBeDriverCall(call));
}

function isPrismas({ callee: { path } }: CallFact, delegates: ReadonlySet<string>): boolean {
  const operation = path.at(-1);
  if (operation === undefined || !isOperation(operation)) return false;
  if (delegates.has(path.at(-2) ?? '')) return true;
  return /^\$|^find|Many|upsert|groupBy/.test(operation);
}

function exportsByPart(facts: FileFacts): ReadonlyMap<Part, readonly string[]> {
  const names = new Map<Part, string[]>();
  for (const { name, value } of facts.exports) {
    const root = value ? rootPart(value.root) : null;
    if (root === null) continue;
    const list = names.get(root);
    if (list) list.push(name);
    else names.set(root, [name]);
  }
  return names;
}

function functionOf(each: Part): number | null {
  const index = Math.floor(each / part('function', 1));
  return part('function', index) === each ? index : null;
}
