import type { FixTrial } from '#analyzer/checkFix.ts';
import { createTypeChecks, isCode, type TypeChecks, type TypedState } from '#analyzer/typeChecks.ts';
import type { Answer, Folder } from '../folder.ts';
import type { ServerContext } from '../serverContext.ts';

/** Where fixes are tried, with one compiler for each project that asked for it. */
export interface FixTrials {
  of(folder: Folder, answer: Answer): Omit<FixTrial, 'budgetMs'>;
  /** Has the compiler read a file's types before anybody waits for them. */
  warm(folder: Folder, answer: Answer, file: string): void;
  /** Whether it is certain already that a change of these files will not be verified. */
  skips(folder: Folder, files: readonly string[]): boolean;
}

export function createFixTrials(server: ServerContext): FixTrials {
  const checks = new Map<string, TypeChecks>();
  const checksOf = ({ project: { root } }: Folder): TypeChecks => {
    const known = checks.get(root) ?? createTypeChecks(root, server.log.info);
    checks.set(root, known);
    return known;
  };
  const budgetMs = server.client.fixCheckMs;
  return {
    of: (folder, answer) => ({
      analyzer: folder.analyzer,
      findings: answer.snapshot.suggested,
      read: (file) => folder.workspace.read(file),
      types: checksOf(folder).in(stateOf(server, folder, answer)),
    }),
    warm: (folder, answer, file) => {
      if (budgetMs > 0) checksOf(folder).warm(stateOf(server, folder, answer), file);
    },
    skips: (folder, files) => budgetMs <= 0 || (files.some(isCode) && checksOf(folder).areOff()),
  };
}

function stateOf({ documents }: ServerContext, folder: Folder, { snapshot: { graph } }: Answer): TypedState {
  const opened = () =>
    new Map(
      documents.all().flatMap((document) => {
        const file = folder.fileOf(document.uri);
        return file === null ? [] : [[file, document.getText()] as const];
      }),
    );
  return { graph, read: (file) => folder.workspace.read(file), opened };
}
