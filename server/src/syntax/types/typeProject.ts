import { dirname, join } from 'node:path';
import { Project, type SourceFile, ts } from 'ts-morph';
import type { TypeQuestion, TypeVerdict } from './typeQuestion.ts';

/** One tsconfig with the files that were asked about and what they import; nothing of the project is run. */
export interface TypeProject {
  answer(question: TypeQuestion): TypeVerdict;
}

/** The project of the tsconfig at a path; only files that are asked about, what they import and global declarations are read. */
export function typeProject(config: string): TypeProject {
  const { options, fileNames } = parseConfig(config);
  const project = new Project({ compilerOptions: { ...options, noEmit: true }, skipFileDependencyResolution: true });
  for (const path of fileNames.filter((name) => name.endsWith('.d.ts'))) project.addSourceFileAtPathIfExists(path);
  const read = new Map<string, number>();
  return {
    answer: (question) => {
      refresh(project, read, question);
      const files = [...question.changes.map(({ path }) => path), ...question.dependents];
      for (const { path, before } of question.changes) setText(project, path, before);
      for (const path of question.dependents) project.addSourceFileAtPathIfExists(path);
      const earlier = complaints(project, files);
      const missing = earlier.find(({ code }) => MISSING_MODULE.has(code));
      if (missing) return { kind: 'unknown', reason: missing.text };
      for (const { path, after } of question.changes) setText(project, path, after);
      const later = complaints(project, files);
      for (const { path, before } of question.changes) setText(project, path, before);
      const fresh = newComplaint(earlier, later);
      return fresh ? { kind: 'worse', message: `${fresh.place}: ${fresh.text}` } : { kind: 'same' };
    },
  };
}

/** The configuration that covers a file: the nearest, or of those it refers to the one that includes it; null where there is none. */
export function configFor(path: string, root: string): string | null {
  const nearest = nearestConfig(dirname(path), root);
  if (nearest === null) return null;
  const { fileNames, projectReferences = [] } = parseConfig(nearest);
  if (fileNames.includes(path)) return nearest;
  const referred = projectReferences.map((reference) => ts.resolveProjectReferencePath(reference));
  return (
    referred.find((config) => ts.sys.fileExists(config) && parseConfig(config).fileNames.includes(path)) ?? nearest
  );
}

/** "Cannot find module": what such a file says of its types is worth nothing. */
const MISSING_MODULE: ReadonlySet<number> = new Set([2307, 2305, 7016]);

function nearestConfig(folder: string, root: string): string | null {
  const path = join(folder, 'tsconfig.json');
  if (ts.sys.fileExists(path)) return path;
  return folder === root || folder === dirname(folder) ? null : nearestConfig(dirname(folder), root);
}

function parseConfig(path: string): ts.ParsedCommandLine {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const parsed = ts.getParsedCommandLineOfConfigFile(path, {}, host);
  if (!parsed) throw new Error(`${path} cannot be read`);
  return parsed;
}

function setText(project: Project, path: string, text: string | null): void {
  const known = project.getSourceFile(path);
  if (text === null) known?.forget();
  else if (!known) project.createSourceFile(path, text, { overwrite: true });
  else if (known.getFullText() !== text) known.replaceWithText(text);
}

/** Files that changed on the disk since they were read are read again, those open in an editor take its text. */
function refresh(project: Project, read: Map<string, number>, { changes, opened }: TypeQuestion): void {
  const open = new Map(opened.map(({ path, text }) => [path, text]));
  const handled = new Set([...open.keys(), ...changes.map(({ path }) => path)]);
  for (const file of project.getSourceFiles()) {
    const path: string = file.getFilePath();
    if (handled.has(path) || isInstalled(path)) continue;
    const changed = ts.sys.getModifiedTime?.(path)?.getTime() ?? null;
    if (changed === null) file.forget();
    else if (read.has(path) && read.get(path) !== changed) file.refreshFromFileSystemSync();
    if (changed !== null) read.set(path, changed);
  }
  for (const [path, text] of open) if (project.getSourceFile(path)) setText(project, path, text);
}

/** A generated client lies among the dependencies and changes all the same. */
function isInstalled(path: string): boolean {
  return path.includes('/node_modules/') && !path.includes('/.prisma/');
}

interface Complaint {
  readonly code: number;
  readonly place: string;
  /** Equal before and after where only lines moved. */
  readonly key: string;
  readonly text: string;
}

function complaints(project: Project, paths: readonly string[]): readonly Complaint[] {
  const program = project.getProgram().compilerObject;
  return paths
    .map((path) => project.getSourceFile(path))
    .filter((file): file is SourceFile => file !== undefined)
    .flatMap(({ compilerNode }) => [
      ...program.getSyntacticDiagnostics(compilerNode),
      ...program.getSemanticDiagnostics(compilerNode),
    ])
    .map(toComplaint);
}

function toComplaint({ code, messageText, file, start = 0 }: ts.Diagnostic): Complaint {
  const text = ts.flattenDiagnosticMessageText(messageText, ' ');
  const path = file?.fileName ?? '';
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 1;
  return { code, place: `${path}:${line}`, key: `${path}\0${code}\0${text}`, text: `TS${code} ${text}` };
}

function newComplaint(earlier: readonly Complaint[], later: readonly Complaint[]): Complaint | null {
  const left = new Map<string, number>();
  for (const { key } of earlier) left.set(key, (left.get(key) ?? 0) + 1);
  for (const complaint of later) {
    const count = left.get(complaint.key) ?? 0;
    if (count === 0) return complaint;
    left.set(complaint.key, count - 1);
  }
  return null;
}
