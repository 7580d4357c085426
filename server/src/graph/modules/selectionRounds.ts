import type { FileFacts } from '#syntax/facts.ts';
import { createCarrying } from './carrying.ts';
import type { FileScan } from './fileScan.ts';
import type { Importer } from './importers.ts';
import { type Demand, demandAt, type ParsedFile } from './parsedFile.ts';
import { type Outcome, sameContribution } from './sameContribution.ts';

/** What the rounds go by; all of it is known before the first. */
export interface RoundGrounds {
  readonly scan: (file: string) => FileScan | null;
  readonly importers: (file: string) => readonly Importer[];
  readonly isFirst: (file: string) => boolean;
  readonly parsedFile: (facts: FileFacts) => ParsedFile;
  /** Whether a file's text may export a name. */
  readonly mayExport: (file: string, name: string) => boolean;
}

export interface Rounds {
  /** Files to parse next, given all parsed so far; empty when nothing more can matter. Each step is one file. */
  next(parsed: ReadonlyMap<string, FileFacts>): Generator<void, readonly string[]>;
  /** Takes other facts of a parsed file where they change nothing about the outcome; false where they may. */
  replace(facts: FileFacts): boolean;
}

const SOURCE = /\.[cm]?[jt]sx?$/;

/**
 * Follows two things until nothing more is found: backwards, who calls what leads to a query; forwards, what queries are made of. Both only
 * ever grow and hang on the facts of single files, so the outcome is the same whichever file comes first.
 */
export function createRounds(grounds: RoundGrounds): Rounds {
  const files = new Map<string, ParsedFile>();
  const wanted = new Set<string>();
  const asked = new Set<string>();
  const waiting = new Map<string, Demand[]>();
  const globals = new Map<string, Demand[]>();
  const exporters = new Map<string, string[]>();
  const importers = (file: string) => grounds.importers(file).map((importer) => importer.file);
  const carrying = createCarrying(
    {
      importers: grounds.importers,
      isParsed: (file) => files.has(file),
      isClientSide: (file) => grounds.scan(file)?.clientSide ?? false,
    },
    {
      wanted: (file) => wanted.add(file),
      carries: (file, index) => askAll(file.demandsOf(index)),
    },
  );

  function askAll(demands: readonly Demand[]): void {
    for (const demand of demands) {
      if (asked.has(demand.key)) continue;
      asked.add(demand.key);
      if (demand.path === null) askGlobal(demand);
      else askFile(demand.path, demand);
    }
  }

  function askFile(path: string, demand: Demand): void {
    const file = files.get(path);
    if (file) askAll(file.answer(demand));
    else listAt(waiting, path).push(demand);
    if (!file && !demand.passive && SOURCE.test(path) && mayExport(path, demand.name)) wanted.add(path);
  }

  /** Frameworks that import by themselves: the name is whatever the project exports so. */
  function askGlobal(demand: Demand): void {
    listAt(globals, demand.name).push(demand);
    askAll((exporters.get(demand.name) ?? []).map((path) => demandAt(path, demand)));
  }

  /** Of the many files behind a barrel's `export *`, only those that may export the name or pass on more. */
  function mayExport(path: string, name: string): boolean {
    if (name === 'default' || name === '*') return true;
    const passesOn = grounds.scan(path)?.imports.some(({ names }) => names === null) ?? true;
    return passesOn || grounds.mayExport(path, name);
  }

  function add(file: ParsedFile): void {
    const { path, exports } = file.facts;
    files.set(path, file);
    for (const { name, value } of exports) {
      if (!value) continue;
      listAt(exporters, name).push(path);
      askAll((globals.get(name) ?? []).map((demand) => demandAt(path, demand)));
    }
    for (const demand of waiting.get(path) ?? []) askAll(file.answer(demand));
    askAll(file.demands);
    for (const other of file.surroundings(importers)) wanted.add(other);
    carrying.add(file);
  }

  const outcome: Outcome = {
    ...{ importers, carries: carrying.carries, isFirst: grounds.isFirst },
    exported: (name) => exporters.has(name),
    file: (path) => files.get(path),
  };

  return {
    *next(parsed) {
      for (const [path, facts] of parsed) {
        if (files.has(path)) continue;
        add(grounds.parsedFile(facts));
        yield;
      }
      const next = [...wanted].filter((file) => !parsed.has(file) && SOURCE.test(file)).sort();
      wanted.clear();
      return next;
    },
    replace: (facts) => {
      const before = files.get(facts.path);
      const after = grounds.parsedFile(facts);
      const same = before !== undefined && sameContribution(before, after, outcome);
      if (same) files.set(facts.path, after);
      return same;
    },
  };
}

function listAt<Item>(map: Map<string, Item[]>, key: string): Item[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
