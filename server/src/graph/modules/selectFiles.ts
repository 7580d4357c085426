import type { SchemaModel } from '#schema/schemaModel.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { Workspace } from '#workspace/workspace.ts';
import type { FileRole } from '../projectGraph.ts';
import { roleOf } from '../roles.ts';
import { type FileScan, scanFile } from './fileScan.ts';
import { createImporters, type Importers } from './importers.ts';
import { createModuleResolver, decidesModules, type ModuleResolver } from './moduleResolution.ts';
import { type Binding, type ParsedFile, parsedFile } from './parsedFile.ts';
import { isInside } from './paths.ts';
import { mayExport, mayQuery } from './prefilter.ts';
import { createQueryTest } from './queryReach.ts';
import { createRounds, type Rounds } from './selectionRounds.ts';

/** Which files have to be parsed, found out in rounds: what the first ones say decides about the next. */
export interface FileSelection {
  /** All source files, parsed or not. */
  readonly sources: readonly string[];
  /** Files whose text shows a query or makes a client. */
  readonly first: readonly string[];
  readonly resolver: ModuleResolver;
  readonly next: Rounds;
}

/** Selects anew after each change, and looks again only at what changed. */
export interface FileSelector {
  /** Files that changed, appeared or vanished since the last selection. */
  forget(paths: readonly string[]): void;
  /** The selector of another workspace in which only these files differ; this one learns nothing of it. */
  over(workspace: Workspace, changed: ReadonlySet<string>): FileSelector;
  /** Reads each source text once; each step is one file, so that the work can be spread out or given up. */
  select(schemas: readonly SchemaModel[]): Generator<void, FileSelection>;
}

const LEFT_OUT: ReadonlySet<FileRole> = new Set<FileRole>(['test', 'fixture', 'generated']);
const SOURCE = /\.[cm]?[jt]sx?$/;

/** Files of the roles in `leaveOut` are taken only where other files need them. */
export function createFileSelector(
  workspace: Workspace,
  leaveOut: ReadonlySet<FileRole> = LEFT_OUT,
  scans: Map<string, FileScan | null> = new Map(),
): FileSelector {
  const words = new Map<string, Map<string, boolean>>();
  let known: ListedFiles | null = null;
  let importers: Importers | null = null;
  let bound: Bound | null = null;

  function listed(): ListedFiles {
    const files = workspace.files();
    if (known && (known.files === files || sameList(known.files, files))) return known;
    importers = null;
    const sources = files.filter((file) => SOURCE.test(file));
    const scanned = sources.filter((file) => !leaveOut.has(roleOf(file)));
    known = { files, sources, scanned, resolver: createModuleResolver(workspace) };
    const there = new Set(scanned);
    for (const file of scans.keys()) if (!there.has(file)) scans.delete(file);
    return known;
  }

  function* scanAll({ scanned, resolver }: ListedFiles): Generator<void, Importers> {
    const index = importers ?? createImporters(resolver);
    for (const file of scanned) {
      const before = scans.get(file);
      if (before === undefined) yield;
      const scan = before ?? scanOf(file);
      if (before === undefined || importers === null) index.set(file, scan?.imports ?? []);
    }
    importers = index;
    return index;
  }

  function scanOf(file: string): FileScan | null {
    const text = workspace.read(file);
    const scan = text === null ? null : scanFile(file, text);
    scans.set(file, scan);
    return scan;
  }

  /** What was worked out for each parsed file is kept as long as names mean the same. */
  function boundBy(schemas: readonly SchemaModel[], { resolver }: ListedFiles): Bound {
    const delegates = [...new Set(schemas.flatMap((schema) => [...schema.delegates.keys()]))];
    const outputs = schemas.flatMap((schema) => schema.clientOutputs);
    if (bound?.resolver === resolver && sameList(bound.delegates, delegates) && sameList(bound.outputs, outputs))
      return bound;
    const isGenerated = (file: string) => outputs.some((folder) => isInside(file, folder));
    const isQuery = createQueryTest(new Set(delegates));
    bound = { delegates, outputs, resolver, isQuery, isGenerated, files: new WeakMap() };
    return bound;
  }

  function parsed(facts: FileFacts, by: Bound): ParsedFile {
    const one = by.files.get(facts) ?? parsedFile(facts, by);
    by.files.set(facts, one);
    return one;
  }

  function exportsPerhaps(file: string, word: string): boolean {
    const answers = words.get(file) ?? new Map<string, boolean>();
    words.set(file, answers);
    const answer = answers.get(word) ?? mayExport(workspace.read(file) ?? '', word);
    answers.set(word, answer);
    return answer;
  }

  return {
    forget: (paths) => {
      for (const path of paths) {
        scans.delete(path);
        words.delete(path);
        importers?.delete(path);
        if (decidesModules(path)) known = null;
      }
    },
    over: (other, changed) => {
      const kept = [...scans].filter(([file]) => !changed.has(file));
      return createFileSelector(other, leaveOut, new Map(kept));
    },
    *select(schemas) {
      const files = listed();
      const by = boundBy(schemas, files);
      const index = yield* scanAll(files);
      const delegates = new Set(by.delegates);
      const first = files.scanned.filter((file) => {
        const scan = scans.get(file);
        return scan && !scan.clientSide && (scan.speaks || mayQuery(scan.signs, delegates)) && !by.isGenerated(file);
      });
      const next = createRounds({
        importers: index.of,
        mayExport: exportsPerhaps,
        scan: (file) => scans.get(file) ?? null,
        parsedFile: (facts) => parsed(facts, by),
      });
      return { sources: files.sources, first, resolver: files.resolver, next };
    },
  };
}

interface ListedFiles {
  readonly files: readonly string[];
  readonly sources: readonly string[];
  /** Those whose texts are looked at. */
  readonly scanned: readonly string[];
  readonly resolver: ModuleResolver;
}

interface Bound extends Binding {
  readonly delegates: readonly string[];
  readonly outputs: readonly string[];
  readonly files: WeakMap<FileFacts, ParsedFile>;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
