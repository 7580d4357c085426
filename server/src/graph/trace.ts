/** Stands for something that may change: the facts of a file, the calls of a function. */
export type Key = number;

/** Writes down what is looked at while something is worked out, so that it is worked out again only when that changes. */
export interface Trace {
  /** The same kind and name have the same key for as long as the trace is kept. */
  key(kind: string, name: string): Key;
  /** The key, if anybody ever noted it; null where nothing can be stale by it. */
  known(kind: string, name: string): Key | null;
  /** As {@link Trace.read} with {@link Trace.key}. */
  note(kind: string, name: string): void;
  read(key: Key): void;
  readAll(keys: readonly Key[]): void;
  /** What is read from here on is given by the next {@link Trace.end}, and counts for whoever began earlier too. */
  begin(): void;
  end(): readonly Key[];
  /** What is read inside concerns nobody outside. */
  apart<T>(ask: () => T): T;
}

/** For a single run, after which nothing is asked again. */
export const NO_TRACE: Trace = {
  key: () => 0,
  known: () => null,
  note: ignore,
  read: ignore,
  readAll: ignore,
  begin: ignore,
  end: () => NOTHING,
  apart: (ask) => ask(),
};

const NOTHING: readonly Key[] = [];

/** For a graph that is followed by others. */
export function createTrace(): Trace {
  const kinds = new Map<string, Map<string, Key>>();
  /** By key: the list that has it already, by its serial number. */
  const listed: number[] = [];
  let open: { readonly keys: Key[]; readonly serial: number }[] = [];
  let top: { readonly keys: Key[]; readonly serial: number } | undefined;
  let serial = 0;

  function read(key: Key): void {
    if (!top || listed[key] === top.serial) return;
    listed[key] = top.serial;
    top.keys.push(key);
  }

  function key(kind: string, name: string): Key {
    const names = kinds.get(kind) ?? new Map<string, Key>();
    kinds.set(kind, names);
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, listed.length);
    return listed.push(0) - 1;
  }

  return {
    key,
    known: (kind, name) => kinds.get(kind)?.get(name) ?? null,
    note: (kind, name) => {
      if (top) read(key(kind, name));
    },
    read,
    readAll: (keys) => {
      if (top) for (const key of keys) read(key);
    },
    begin: () => {
      top = { keys: [], serial: ++serial };
      open.push(top);
    },
    end: () => {
      const done = open.pop();
      top = open.at(-1);
      const keys = distinct(done?.keys ?? []);
      for (const key of keys) read(key);
      return keys;
    },
    apart: (ask) => {
      const [outerOpen, outerTop] = [open, top];
      [open, top] = [[], undefined];
      try {
        return ask();
      } finally {
        [open, top] = [outerOpen, outerTop];
      }
    },
  };
}

/** Lists begun inside hide what this one has, so that it may have some twice. */
function distinct(keys: readonly Key[]): readonly Key[] {
  return keys.length < 2 ? keys.slice() : [...new Set(keys)];
}

function ignore(): void {
  // Nobody asks again.
}
