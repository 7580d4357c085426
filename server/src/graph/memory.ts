import type { ProjectGraph, Table } from './projectGraph.ts';
import { type Key, NO_TRACE, type Trace } from './trace.ts';

/** What was worked out about a graph and its predecessors, and what it hangs on. */
export interface Memory {
  readonly trace: Trace;
  /** Counts the states of the project. */
  revision(): number;
  /** Begins a new state of the project, in which the named things are other than before. */
  advance(graph: ProjectGraph, changed: Iterable<readonly [kind: string, name: string]>): void;
  remember<Value>(about: object, question: string, ask: () => Value): Value;
  lookUp<Value>(table: Table<Value>, name: string): Value | undefined;
}

interface Remembered {
  readonly value: unknown;
  readonly keys: readonly Key[];
  /** The last state it was known to hold in. */
  verified: number;
}

interface Filled {
  readonly table: Table<unknown>;
  values: ReadonlyMap<string, unknown>;
  revision: number;
}

const FIRST_KEYS = 4096;

/** Without a trace for a single run, in which nothing changes. */
export function createMemory(trace: Trace = NO_TRACE): Memory {
  let revision = 0;
  let current: ProjectGraph | null = null;
  /** By key: the state in which it changed last, 0 where it never did; grows as keys are changed. */
  let changedAt = new Int32Array(FIRST_KEYS);
  /** By question. */
  const answers = new Map<string, WeakMap<object, Remembered>>();
  const tables = new Map<unknown, Filled>();
  /** By key: the table it belongs to, which is brought up to date before the key is judged. */
  const tableOf: (Filled | undefined)[] = [];

  function change(key: Key): void {
    if (key >= changedAt.length) {
      const larger = new Int32Array(key * 2);
      larger.set(changedAt);
      changedAt = larger;
    }
    changedAt[key] = revision;
  }

  function answersTo(question: string): WeakMap<object, Remembered> {
    const known = answers.get(question);
    if (known) return known;
    const none = new WeakMap<object, Remembered>();
    answers.set(question, none);
    return none;
  }

  function holds({ keys, verified }: Remembered): boolean {
    for (const key of keys) {
      const table = tableOf[key];
      if (table) fill(table);
      if ((changedAt[key] ?? 0) > verified) return false;
    }
    return true;
  }

  function fill(filled: Filled): void {
    const graph = current;
    if (filled.revision === revision || !graph) return;
    const { table, values: before } = filled;
    const values = trace.apart(() => table.read(graph));
    if (trace !== NO_TRACE && values !== before) {
      for (const [name, value] of values) {
        const known = before.get(name);
        if (known === undefined || !table.same(known, value)) change(trace.key(table.name, name));
      }
      for (const name of before.keys()) if (!values.has(name)) change(trace.key(table.name, name));
    }
    filled.values = values;
    filled.revision = revision;
  }

  function ask<Value>(work: () => Value): Remembered & { readonly value: Value } {
    trace.begin();
    let keys: readonly Key[] = [];
    try {
      const value = work();
      keys = trace.end();
      return { value, keys, verified: revision };
    } catch (error) {
      trace.end();
      throw error;
    }
  }

  return {
    trace,
    revision: () => revision,
    advance: (graph, changed) => {
      current = graph;
      revision++;
      for (const [kind, name] of changed) change(trace.key(kind, name));
    },
    remember: (about, question, work) => {
      const known = answersTo(question);
      const answer = known.get(about);
      if (answer && (answer.verified === revision || holds(answer))) {
        answer.verified = revision;
        trace.readAll(answer.keys);
        return answer.value as ReturnType<typeof work>;
      }
      const found = ask(work);
      known.set(about, found);
      return found.value;
    },
    lookUp: <Value>(table: Table<Value>, name: string) => {
      const filled = tables.get(table) ?? { table: table as Table<unknown>, values: new Map(), revision: -1 };
      tables.set(table, filled);
      fill(filled);
      if (trace !== NO_TRACE) {
        const key = trace.key(table.name, name);
        while (tableOf.length <= key) tableOf.push(undefined);
        tableOf[key] = filled;
        trace.read(key);
      }
      return filled.values.get(name) as Value | undefined;
    },
  };
}
