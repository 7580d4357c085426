import type { EntryPointFact, FileFacts } from '#syntax/facts.ts';
import { type EntryPoint, type FunctionNode, functionId } from '../projectGraph.ts';
import { configuredFact } from './configuredEntries.ts';
import type { LinkedFile } from './entities.ts';

/** Functions and entry points with their files, one object each as long as the facts last: answers are remembered about them. */
export interface FunctionNodes {
  node(file: LinkedFile, index: number): FunctionNode;
  entry(file: string, fact: EntryPointFact, handler: FunctionNode): EntryPoint;
  configured(handler: FunctionNode): EntryPoint;
}

export function createFunctionNodes(): FunctionNodes {
  const nodes = new WeakMap<FileFacts, (FunctionNode | undefined)[]>();
  const entries = new WeakMap<EntryPointFact, readonly EntryPoint[]>();
  const made = new WeakMap<FunctionNode, EntryPoint>();
  return {
    node: ({ path, facts, role }, index) => {
      const known = nodes.get(facts) ?? [];
      nodes.set(facts, known);
      const node = known[index] ?? makeNode(path, facts, role, index);
      known[index] = node;
      return node;
    },
    entry: (file, fact, handler) => {
      const known = entries.get(fact) ?? [];
      const same = known.find((entry) => entry.handler === handler);
      const entry = same ?? { file, fact, handler };
      if (!same) entries.set(fact, [...known, entry]);
      return entry;
    },
    configured: (handler) => {
      const entry = made.get(handler) ?? { file: handler.file, fact: configuredFact(handler), handler };
      made.set(handler, entry);
      return entry;
    },
  };
}

function makeNode(file: string, facts: FileFacts, role: FunctionNode['role'], index: number): FunctionNode {
  const fact = facts.functions[index];
  const id = functionId(file, index);
  if (!fact) throw new Error(`no function ${id} in the graph`);
  return { id, file, facts, fact, role };
}
