import type { SchemaModel } from '#schema/schemaModel.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { type Carriers, carriersIn, createQueryTest } from '../link/carriers.ts';
import { linkOf } from '../link/link.ts';
import type { FileRole } from '../projectGraph.ts';
import { roleOf } from '../roles.ts';
import { type ScannedImport, scanImports } from './importScan.ts';
import { type Mentions, mentionsIn } from './mentions.ts';
import type { ModuleResolver } from './moduleResolution.ts';
import { createPrefilter } from './prefilter.ts';
import { guardsOthers, surroundingsOf } from './surroundings.ts';
import { type WantedName, wantedBy } from './wantedFiles.ts';

/** Which files have to be parsed, found out in rounds: what the first ones say decides about the next. */
export interface FileSelection {
  /** All source files, parsed or not. */
  readonly sources: readonly string[];
  /** Files whose text shows a query or makes a client. */
  readonly first: readonly string[];
  /** Files to parse next, given all parsed so far; empty when nothing more can matter. */
  next(parsed: ReadonlyMap<string, FileFacts>): readonly string[];
}

export interface SelectionInput {
  readonly workspace: Workspace;
  readonly resolver: ModuleResolver;
  readonly schemas: readonly SchemaModel[];
  /** Files of these roles are taken only where other files need them; tests, fixtures and generated code when absent. */
  readonly leaveOut?: ReadonlySet<FileRole>;
}

const LEFT_OUT: ReadonlySet<FileRole> = new Set<FileRole>(['test', 'fixture', 'generated']);
const SOURCE = /\.[cm]?[jt]sx?$/;

/** Reads every source text once: for the prefilter, and for who imports what. */
export function selectFiles({ workspace, resolver, schemas, leaveOut = LEFT_OUT }: SelectionInput): FileSelection {
  const sources = workspace.files().filter((file) => SOURCE.test(file));
  const mayQuery = createPrefilter(schemas);
  const outputs = schemas.flatMap((schema) => schema.clientOutputs.map((folder) => `${folder}/`));
  const imports = new Map<string, readonly ScannedImport[]>();
  const clientSide = new Set<string>();
  const first: string[] = [];
  for (const file of sources) {
    if (leaveOut.has(roleOf(file)) || outputs.some((folder) => file.startsWith(folder))) continue;
    const text = workspace.read(file);
    if (text === null) continue;
    imports.set(file, scanImports(text));
    if (isClientSide(text)) clientSide.add(file);
    else if (mayQuery(text) || guardsOthers(file, text) || holdsIgnoreComment(text)) first.push(file);
  }
  const importers = indexImporters(imports, resolver);
  const isQuery = createQueryTest(new Set(schemas.flatMap((schema) => [...schema.delegates.keys()])));
  const carriers = new Map<string, Carriers>();
  const mentions = new Map<string, { readonly mentions: Mentions; readonly querying: readonly CallFact[] }>();
  /** Files whose wants may have changed: new ones, ones with other carriers, ones that wanted a file parsed by now. */
  const open = new Set<string>();

  /** Carriers of the files given, and then of all parsed files that import what turned out to carry. */
  const recompute = (parsed: ReadonlyMap<string, FileFacts>, changed: readonly string[]): ReadonlySet<string> => {
    const wanted = new Set<string>();
    const queue = [...changed];
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      const facts = parsed.get(file);
      if (!facts) continue;
      const before = carriers.get(file);
      const own = mentions.get(file) ?? { mentions: mentionsIn(facts), querying: facts.calls.filter(isQuery) };
      mentions.set(file, own);
      const now = carriersIn(facts, own.mentions, own.querying, (specifier, name) =>
        carries(facts.path, specifier, name),
      );
      carriers.set(file, now);
      if (before?.functions.size !== now.functions.size) open.add(file);
      if (clientSide.has(file) || before?.exports.size === now.exports.size) continue;
      for (const { file: importer, names } of importers.get(file) ?? []) {
        if (names !== null && !names.some((name) => now.exports.has(name) || now.exports.has('*'))) continue;
        if (parsed.has(importer)) queue.push(importer);
        else wanted.add(importer);
      }
    }
    return wanted;
  };

  const carries = (from: string, specifier: string, name: string): boolean => {
    const resolution = resolver.resolve(from, specifier);
    if (resolution.kind !== 'file' || clientSide.has(resolution.file)) return false;
    const exported = carriers.get(resolution.file)?.exports;
    return exported !== undefined && exported.size > 0 && (name === '*' || exported.has('*') || exported.has(name));
  };

  const around = (facts: FileFacts | undefined): Iterable<string> =>
    facts
      ? surroundingsOf(facts, resolver, (file) => (importers.get(file) ?? []).map((importer) => importer.file))
      : [];

  const texts = new Map<string, string | null>();
  const textOf = (file: string): string | null => {
    const known = texts.get(file) ?? workspace.read(file);
    texts.set(file, known);
    return known;
  };
  const seen = new Set<string>();
  return {
    sources,
    first,
    next: (parsed) => {
      const fresh = [...parsed.keys()].filter((file) => !seen.has(file));
      for (const file of fresh) seen.add(file);
      const wanted = new Set(recompute(parsed, fresh));
      for (const file of fresh) for (const other of around(parsed.get(file))) wanted.add(other);
      const link = linkOf(parsed, schemas, resolver);
      const asked = [...open];
      open.clear();
      for (const path of asked) {
        const file = link.files.get(path);
        const own = carriers.get(path);
        const others = file && own ? link.forFile(() => wantedBy(link, file, own, isQuery)).value : [];
        for (const other of others) if (mayExport(textOf, imports, other)) wanted.add(other.path);
        if (others.length > 0) open.add(path);
      }
      return [...wanted].filter((file) => !parsed.has(file) && SOURCE.test(file)).sort();
    },
  };
}

/** Of the many files behind a barrel's `export *`, only those that speak of the name or pass on more. */
function mayExport(
  textOf: (file: string) => string | null,
  imports: ReadonlyMap<string, readonly ScannedImport[]>,
  { path, name }: WantedName,
): boolean {
  if (name === 'default' || name === '*') return true;
  const passesOn = imports.get(path)?.some(({ names }) => names === null) ?? true;
  return passesOn || (textOf(path)?.includes(name) ?? false);
}

/** A comment outlives the query it was written for, and that is worth saying. */
function holdsIgnoreComment(text: string): boolean {
  return text.includes('querylens-ignore-');
}

/** One expression over comments and directive would try every way to end a comment. */
function isClientSide(text: string): boolean {
  const at = text.search(/['"]use client['"]/);
  return (
    at >= 0 &&
    text
      .slice(0, at)
      .replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '')
      .trim() === ''
  );
}

interface Importer {
  readonly file: string;
  readonly names: readonly string[] | null;
}

function indexImporters(
  imports: ReadonlyMap<string, readonly ScannedImport[]>,
  resolver: ModuleResolver,
): ReadonlyMap<string, readonly Importer[]> {
  const importers = new Map<string, Importer[]>();
  for (const [file, scanned] of imports) {
    for (const { specifier, names } of scanned) {
      const resolution = resolver.resolve(file, specifier);
      if (resolution.kind !== 'file') continue;
      const list = importers.get(resolution.file) ?? [];
      importers.set(resolution.file, list);
      list.push({ file, names });
    }
  }
  return importers;
}
