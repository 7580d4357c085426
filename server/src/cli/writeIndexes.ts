import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyEdits } from '#analyzer/applyFixes.ts';
import { Failure } from '#analyzer/failure.ts';
import { migrationFiles } from '#analyzer/indexAdvice/migrationFiles.ts';
import { type ChosenChanges, chosenChanges, schemaEdits } from '#analyzer/indexAdvice/schemaEdits.ts';
import type { Finding } from '#shared/finding.ts';
import type { NewFile } from '#shared/newFile.ts';
import type { ReportedProject } from './projectReport.ts';
import { writeTexts } from './writeTexts.ts';

/** Writes indexes into schemas and migrations, and says what was written; a {@link Failure} before anything is, where that would break a schema. */
export async function writeIndexes(
  findings: readonly Finding[],
  { drop, migrations }: { readonly drop: boolean; readonly migrations: boolean },
  project: ReportedProject,
): Promise<string> {
  const changes = chosenChanges(
    findings.flatMap(({ index }) => index ?? []),
    drop,
  );
  const texts = textsAfter(changes, project);
  const created = migrations ? migrationFiles(changes, project.workspace.files(), new Date()) : [];
  const rest = migrations ? withoutMigrations(changes) : '';
  if (texts.size === 0 && created.length === 0) return rest || 'querylens: there is nothing to write\n';
  if (texts.size > 0) await tryOut(texts, findings, project);
  writeTexts(project.root, texts);
  for (const file of created) createFile(project.root, file);
  const written = [...texts.keys(), ...created.map(({ file }) => file)];
  return `${written.map((file) => `querylens: wrote ${file}\n`).join('')}${rest}`;
}

function textsAfter(changes: ChosenChanges, { workspace }: ReportedProject): ReadonlyMap<string, string> {
  const byFile = Map.groupBy(schemaEdits(changes), ({ file }) => file);
  return new Map([...byFile].map(([file, edits]) => [file, applyEdits(workspace.read(file) ?? '', edits)]));
}

/** Schemas must be valid afterwards, and what is added to one must no longer be missing. */
async function tryOut(
  texts: ReadonlyMap<string, string>,
  findings: readonly Finding[],
  { tried }: ReportedProject,
): Promise<void> {
  const after = await tried(texts);
  const broken = after.problems.find(({ kind }) => kind === 'schema');
  if (broken) throw new Failure(`${broken.file}:${broken.line ?? 1}: ${broken.message}; nothing was written`);
  const left = new Set(after.findings.map(({ id }) => id));
  const added = findings.filter(({ index }) => index?.change === 'add' && index.edit !== null);
  const lost = added.find(({ id }) => left.has(id));
  if (lost) throw new Failure(`${lost.file}:${lost.line}: "${lost.message}" would be said again; nothing was written`);
}

/** Never over a file that is there. */
function createFile(root: string, { file, text }: NewFile): void {
  const path = join(root, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    throw new Failure(`${path}: cannot be written (${error instanceof Error ? error.message : String(error)})`);
  }
}

function withoutMigrations({ added, dropped }: ChosenChanges): string {
  const left = [...added, ...dropped].filter(({ migration, sql }) => migration === null && sql !== null).length;
  if (left === 0) return '';
  return 'querylens: there are no migrations to go on with, so none was written; the statements above bring the database up to date\n';
}
