import type { CallFact, FileFacts } from '#syntax/facts.ts';
import { type Mentions, type Part, part, rootPart } from '../modules/mentions.ts';
import { isOperation } from '../operations.ts';

/** Which parts of one file lead to a query, by way of what they mention. */
export interface Carriers {
  readonly exports: ReadonlySet<string>;
  readonly functions: ReadonlySet<number>;
}

/** Whether what a module exports under a name leads to a query. */
export type Carries = (specifier: string, name: string) => boolean;

/** The module body mentions everything and is mentioned by nobody. */
const MODULE = part('function', 0);

/** Follows mentions backwards from the queries and from the imports known to lead to one. */
export function carriersIn(
  facts: FileFacts,
  mentions: Mentions,
  querying: readonly CallFact[],
  carries: Carries,
): Carriers {
  const own = querying.map((call) => part('function', call.function));
  const imports = facts.imports.flatMap(({ specifier, name, typeOnly }, index) =>
    !typeOnly && carries(specifier, name) ? [part('import', index)] : [],
  );
  const reached = spread([...own, ...imports], mentions);
  const functions = facts.functions.map(({ index }) => index);
  return {
    exports: new Set(carryingExports(facts, reached, carries)),
    functions: new Set(functions.filter((index) => index !== 0 && reached.has(part('function', index)))),
  };
}

/** A call that a schema or its very name makes look like Prisma's. */
export function createQueryTest(delegates: ReadonlySet<string>): (call: CallFact) => boolean {
  return ({ callee: { path } }) => {
    const operation = path.at(-1);
    if (operation === undefined || !isOperation(operation)) return false;
    if (delegates.has(path.at(-2) ?? '')) return true;
    return /^\$|^find|Many|upsert|groupBy/.test(operation);
  };
}

function spread(seeds: readonly Part[], mentions: Mentions): ReadonlySet<Part> {
  const reached = new Set<Part>();
  const queue = [...seeds];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (reached.has(next) || next === MODULE) continue;
    reached.add(next);
    queue.push(...(mentions.get(next) ?? []));
  }
  return reached;
}

function carryingExports(facts: FileFacts, reached: ReadonlySet<Part>, carries: Carries): readonly string[] {
  return facts.exports
    .filter(({ value, from }) => {
      const root = value ? rootPart(value.root) : null;
      return (root !== null && reached.has(root)) || (from !== null && carries(from.specifier, from.name));
    })
    .map(({ name }) => name);
}
