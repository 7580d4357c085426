import type { Importer } from './importers.ts';
import type { ParsedFile, Use } from './parsedFile.ts';
import type { Reached } from './queryReach.ts';

/** Who leads to a query, found backwards from the queries through the imports of files. */
export interface Carrying {
  add(file: ParsedFile): void;
  /** Whether what a file exports under a name leads to a query. */
  carries(target: string, name: string): boolean;
}

export interface CarryingGrounds {
  readonly importers: (file: string) => readonly Importer[];
  /** Client components only call actions: what they import goes no further. */
  readonly isClientSide: (file: string) => boolean;
  readonly isParsed: (file: string) => boolean;
}

export interface CarryingEvents {
  /** A function of a file was found to lead to a query. */
  carries(file: ParsedFile, functionIndex: number): void;
  /** A file that is not parsed asks for something that leads to a query. */
  wanted(file: string): void;
}

interface Carrier {
  readonly exports: Set<string>;
  readonly functions: Set<number>;
}

/** Grows with each file added; the outcome does not hang on their order. */
export function createCarrying(grounds: CarryingGrounds, events: CarryingEvents): Carrying {
  const carriers = new Map<string, Carrier>();
  const uses = new Map<string, (readonly [user: ParsedFile, use: Use])[]>();
  const queue: (readonly [file: string, name: string])[] = [];

  function mark(file: ParsedFile, { exports, functions }: Reached): void {
    const carrier = carrierOf(file.facts.path);
    for (const index of functions) {
      if (carrier.functions.has(index)) continue;
      carrier.functions.add(index);
      events.carries(file, index);
    }
    for (const name of exports) {
      if (carrier.exports.has(name)) continue;
      carrier.exports.add(name);
      if (!grounds.isClientSide(file.facts.path)) queue.push([file.facts.path, name]);
    }
  }

  function carrierOf(path: string): Carrier {
    const carrier = carriers.get(path) ?? { exports: new Set(), functions: new Set() };
    carriers.set(path, carrier);
    return carrier;
  }

  function addUse(user: ParsedFile, use: Use): void {
    const list = uses.get(use.target);
    if (list) list.push([user, use]);
    else uses.set(use.target, [[user, use]]);
    if (carries(use.target, use.name)) mark(user, use.reached());
  }

  function carries(target: string, name: string): boolean {
    const exported = grounds.isClientSide(target) ? undefined : carriers.get(target)?.exports;
    return exported !== undefined && exported.size > 0 && (name === '*' || exported.has('*') || exported.has(name));
  }

  function spread(): void {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [path, name] = next;
      for (const [user, use] of uses.get(path) ?? [])
        if (use.name === name || use.name === '*' || name === '*') mark(user, use.reached());
      for (const { file, names } of grounds.importers(path))
        if (!grounds.isParsed(file) && (names === null || name === '*' || names.includes(name))) events.wanted(file);
    }
  }

  return {
    carries,
    add: (file) => {
      mark(file, file.own);
      for (const use of file.uses) addUse(file, use);
      spread();
    },
  };
}
