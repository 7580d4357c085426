import { createHash } from 'node:crypto';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { Finding, Problem } from '#shared/finding.ts';
import { findingDiagnostic, problemDiagnostic } from './diagnostics.ts';
import type { Answer, Folder } from './folder.ts';
import type { ServerContext } from './serverContext.ts';
import { toPath } from './uris.ts';

/** What is to be shown in one file. */
export interface FileReport {
  readonly uri: string;
  /** Of the open document it was made from; null for a file on the disk. */
  readonly version: number | null;
  /** The same as long as the list is the same. */
  readonly resultId: string;
  diagnostics(): Diagnostic[];
}

/** The reports of all files that have something to show, by absolute path; a schema two folders share is reported once. */
export function fileReports(server: ServerContext): ReadonlyMap<string, FileReport> {
  const lists = server.folders().flatMap((folder) => folderLists(folder));
  const openUris = new Map(server.documents.keys().map((uri) => [toPath(uri), uri]));
  const byPath = Map.groupBy(lists, ({ path }) => path);
  return new Map([...byPath].map(([path, same]) => [path, fileReport(server, same, openUris.get(path) ?? null)]));
}

interface FileList {
  readonly folder: Folder;
  readonly path: string;
  readonly file: string;
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

function folderLists(folder: Folder): readonly FileList[] {
  const { findings, problems } = shownOf(folder) ?? { findings: [], problems: [] };
  const findingsOf = Map.groupBy(findings, ({ file }) => file);
  const problemsOf = Map.groupBy(problems.filter(isShown), ({ file }) => file);
  return [...new Set([...findingsOf.keys(), ...problemsOf.keys()])].flatMap((file) => {
    const path = toPath(folder.uriOf(file));
    const lists = { findings: findingsOf.get(file) ?? [], problems: problemsOf.get(file) ?? [] };
    return path === null ? [] : [{ folder, path, file, ...lists }];
  });
}

function shownOf(folder: Folder): Answer | null {
  return folder.latest() ?? folder.glimpse();
}

function isShown({ file, kind }: Problem): boolean {
  return file !== '' && kind !== 'rule' && kind !== 'no-schema';
}

function fileReport(server: ServerContext, lists: readonly FileList[], openUri: string | null): FileReport {
  const [first] = lists;
  const distinct = withoutRepeats(lists);
  const uri = openUri ?? first?.folder.uriOf(first.file) ?? '';
  const content = distinct.map(({ findings, problems }) => [findings, problems]);
  return {
    uri,
    version: (first && shownOf(first.folder)?.versions.get(first.file)) ?? null,
    resultId: createHash('sha1').update(JSON.stringify(content)).digest('base64url'),
    diagnostics: () =>
      distinct.flatMap(({ folder, findings, problems }) => [
        ...problems.map((problem) => problemDiagnostic(folder, problem)),
        ...findings.map((finding) => findingDiagnostic(server, folder, finding)),
      ]),
  };
}

function withoutRepeats(lists: readonly FileList[]): readonly FileList[] {
  const known = new Set<string>();
  const isNew = (text: string) => !known.has(text) && known.add(text).has(text);
  return lists.map((list) => ({
    ...list,
    problems: list.problems.filter(({ line, message }) => isNew(`${line} ${message}`)),
    findings: list.findings.filter(({ id }) => isNew(id)),
  }));
}
