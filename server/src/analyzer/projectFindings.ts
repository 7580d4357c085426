import { resolve } from 'node:path';
import type { Coverage, Finding, Problem } from '#shared/finding.ts';
import type { IndexChange, IndexEdit } from '#shared/indexChange.ts';
import { isWithin, type Project, posixRelative } from './project.ts';

/**
 * Findings that lie in the asked paths. One in a schema also counts when a query it speaks of lies there: whoever lints `src` wants to hear of
 * the index its queries lack.
 */
export function withinPaths(findings: readonly Finding[], project: Project): readonly Finding[] {
  return findings.filter((finding) => touches(finding, (file) => isAsked(project, file)));
}

/** Findings of files that differ from the base, by the same rule. */
export function withinChanges(
  findings: readonly Finding[],
  root: string,
  changed: ReadonlySet<string>,
): readonly Finding[] {
  return findings.filter((finding) => touches(finding, (file) => changed.has(resolve(root, file))));
}

/** Whether a file, relative to the project's root, lies in what was asked for. */
export function isAsked({ root, paths }: Project, file: string): boolean {
  return paths.some((path) => isWithin(resolve(root, file), path));
}

/** The coverage with its paths relative to another folder. */
export function rebaseCoverage(coverage: Coverage, root: string, base: string): Coverage {
  if (root === base) return coverage;
  const unresolved = coverage.unresolved.map((call) => ({ ...call, file: moved(call.file, root, base) }));
  return { ...coverage, unresolved };
}

/** The problem with its path relative to another folder; one of no file stays so. */
export function rebaseProblem(problem: Problem, root: string, base: string): Problem {
  return problem.file === '' ? problem : { ...problem, file: moved(problem.file, root, base) };
}

/** The finding with its paths relative to another folder. */
export function rebase(finding: Finding, root: string, base: string): Finding {
  if (root === base) return finding;
  const move = (file: string) => moved(file, root, base);
  return {
    ...finding,
    file: move(finding.file),
    related: finding.related.map((at) => ({ ...at, file: move(at.file) })),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, file: move(edit.file) })),
      ...(fix.creates && { creates: fix.creates.map((each) => ({ ...each, file: move(each.file) })) }),
    })),
    ...(finding.index && { index: movedChange(finding.index, move) }),
  };
}

function movedChange(change: IndexChange, move: (file: string) => string): IndexChange {
  if (change.change === 'drop') return { ...movedEdit(change, move), at: { ...change.at, file: move(change.at.file) } };
  const replaces = change.replaces.map((each) => movedChange(each, move)).filter((each) => each.change === 'drop');
  return { ...movedEdit(change, move), replaces };
}

function movedEdit<Edit extends IndexEdit>(edit: Edit, move: (file: string) => string): Edit {
  const { edit: text, migration } = edit;
  return {
    ...edit,
    edit: text && { ...text, file: move(text.file) },
    migration: migration && { ...migration, file: move(migration.file) },
  };
}

function moved(file: string, root: string, base: string): string {
  return posixRelative(base, resolve(root, file));
}

function touches({ file, related }: Finding, wanted: (file: string) => boolean): boolean {
  return wanted(file) || (file.endsWith('.prisma') && related.some((at) => wanted(at.file)));
}
