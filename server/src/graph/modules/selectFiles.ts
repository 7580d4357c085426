import type { SchemaModel } from '#schema/schemaModel.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { Workspace } from '#workspace/workspace.ts';
import type { FileRole } from '../projectGraph.ts';
import { roleOf } from '../roles.ts';
import { mayAskDriver } from './driverSigns.ts';
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
  readonly resolver: ModuleResolver;
  /**
   * Facts of the files that matter, by path. `facts` gives null for a file that cannot be read, and the same object as long as a text is the
   * same. Each step is one file.
   */
  parsed(facts: (path: string) => FileFacts | null, onRound?: OnRound): Generator<void, ReadonlyMap<string, FileFacts>>;
}

/** Told of the files of each round before they are parsed; the first are those whose text shows a query or makes a client. */
export type OnRound = (files: readonly string[]) => void;

/** Selects anew after each change, and looks again only at what changed. */
export interface FileSelector {
  /** Files that changed, appeared or vanished since the last selection. */
  forget(paths: readonly string[]): void;
  /** What specifiers mean now. */
  resolver(): ModuleResolver;
  /** The selector of another workspace in which only these files differ; this one learns nothing of it. */
  over(workspace: Workspace, changed: ReadonlySet<string>): FileSelector;
  /** Reads each source text once, where the project has drivers some of them once more; each step is one file, so that the work can be spread out or given up. */
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
  const asking = new Map<string, boolean>();
  const doubtful = new Set<string>();
  let known: ListedFiles | null = null;
  let importers: Importers | null = null;
  let bound: Bound | null = null;
  let settled: Settled | null = null;

  function listed(): ListedFiles {
    const files = workspace.files();
    if (known && (known.files === files || sameList(known.files, files))) return known;
    importers = null;
    settled = null;
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
      const before = doubtful.has(file) ? undefined : scans.get(file);
      if (before === undefined) yield;
      const scan = before === undefined ? scanOf(file) : before;
      if (before === undefined || importers === null) index.set(file, scan?.imports ?? []);
    }
    importers = index;
    return index;
  }

  function scanOf(file: string): FileScan | null {
    const text = workspace.read(file);
    const scan = text === null ? null : scanFile(file, text);
    const asBefore = exportsAsBefore(file, text ?? '');
    asking.delete(file);
    if (!asBefore || !sameScan(scans.get(file), scan)) settled = null;
    scans.set(file, scan);
    doubtful.delete(file);
    return scan;
  }

  /** As far as anybody asked; who asks again is answered by the new text. */
  function exportsAsBefore(file: string, text: string): boolean {
    const answers = words.get(file);
    words.delete(file);
    return [...(answers ?? [])].every(([word, answer]) => mayExport(text, word) === answer);
  }

  /** Looked for only where the project has drivers: a text is read for it once more. */
  function asksDriver(file: string): boolean {
    const answer = asking.get(file) ?? mayAskDriver(workspace.read(file) ?? '');
    asking.set(file, answer);
    return answer;
  }

  /** What was worked out for each parsed file is kept as long as names mean the same. */
  function boundBy(schemas: readonly SchemaModel[], { resolver }: ListedFiles): Bound {
    const delegates = [...new Set(schemas.flatMap((schema) => [...schema.delegates.keys()]))];
    const outputs = schemas.flatMap((schema) => schema.clientOutputs);
    if (bound?.resolver === resolver && sameList(bound.delegates, delegates) && sameList(bound.outputs, outputs))
      return bound;
    settled = null;
    const isGenerated = (file: string) => outputs.some((folder) => isInside(file, folder));
    const isQuery = createQueryTest(new Set(delegates), resolver.hasDrivers);
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
        doubtful.add(path);
        if (decidesModules(path)) known = null;
      }
    },
    resolver: () => listed().resolver,
    over: (other, changed) => {
      const kept = [...scans].filter(([file]) => !changed.has(file) && !doubtful.has(file));
      return createFileSelector(other, leaveOut, new Map(kept));
    },
    *select(schemas) {
      const files = listed();
      const by = boundBy(schemas, files);
      const index = yield* scanAll(files);
      const delegates = new Set(by.delegates);
      const asksDrivers = files.resolver.hasDrivers;
      const first = files.scanned.filter((file) => {
        const scan = scans.get(file);
        if (!scan || scan.clientSide || by.isGenerated(file)) return false;
        return scan.speaks || mayQuery(scan.signs, delegates) || (asksDrivers && asksDriver(file));
      });
      const certain = new Set(first);
      const fresh = () =>
        createRounds({
          isFirst: (file) => certain.has(file),
          importers: index.of,
          mayExport: exportsPerhaps,
          scan: (file) => scans.get(file) ?? null,
          parsedFile: (facts) => parsed(facts, by),
        });
      return {
        sources: files.sources,
        resolver: files.resolver,
        *parsed(facts, onRound = () => undefined) {
          const again = settled && sameList(settled.first, first) ? stillParsed(settled, facts) : null;
          settled = again ?? (yield* parsedAnew(first, fresh(), facts, onRound));
          return settled.files;
        },
      };
    },
  };
}

/** An outcome, and what is needed to tell whether it still holds. */
interface Settled {
  readonly first: readonly string[];
  readonly rounds: Rounds;
  readonly files: ReadonlyMap<string, FileFacts>;
}

type Facts = (path: string) => FileFacts | null;

function* parsedAnew(
  first: readonly string[],
  rounds: Rounds,
  facts: Facts,
  onRound: OnRound,
): Generator<void, Settled> {
  const files = new Map<string, FileFacts>();
  for (let wanted = first; wanted.length > 0; wanted = yield* rounds.next(files)) {
    onRound(wanted);
    for (const path of wanted) {
      const found = facts(path);
      if (found) files.set(path, found);
      yield;
    }
  }
  return { first, rounds, files };
}

/** The same files with the facts they have now; null where those may lead to others. */
function stillParsed({ first, rounds, files }: Settled, facts: Facts): Settled | null {
  const now = new Map<string, FileFacts>();
  for (const [path, before] of files) {
    const found = facts(path);
    if (!found || (found !== before && !rounds.replace(found))) return null;
    now.set(path, found);
  }
  return { first, rounds, files: now };
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

/** Whether two scans of a file say the same to those who import it; its signs decide about itself only. */
function sameScan(a: FileScan | null | undefined, b: FileScan | null): boolean {
  return a?.clientSide === b?.clientSide && JSON.stringify(a?.imports) === JSON.stringify(b?.imports);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
