import { join } from 'node:path';
import type { FixTrial, TypeCheck } from '#analyzer/checkFix.ts';
import { dependentsOf } from '#analyzer/dependents.ts';
import { createTypeService, type TypeService } from '#syntax/types/typeService.ts';
import type { Answer, Folder } from '../folder.ts';
import type { ServerContext } from '../serverContext.ts';

/** Where fixes are tried, with one compiler for each project that asked for it. */
export interface FixTrials {
  of(folder: Folder, answer: Answer): FixTrial;
  /** Has the compiler read a file's types before anybody waits for them. */
  warm(folder: Folder, answer: Answer, file: string): void;
}

export function createFixTrials(server: ServerContext): FixTrials {
  const services = new Map<string, TypeService>();
  const serviceOf = ({ project: { root } }: Folder): TypeService => {
    const service = services.get(root) ?? createTypeService({ root, log: server.log.info });
    services.set(root, service);
    return service;
  };
  const typesOf = (folder: Folder, answer: Answer): TypeCheck => {
    return async (texts, signal) => {
      const changed = new Map([...texts].filter(([file]) => isCode(file)));
      if (changed.size === 0) return { kind: 'same' };
      return serviceOf(folder).ask(questionOf(server, folder, answer, changed), signal);
    };
  };
  return {
    of: (folder, answer) => ({
      analyzer: folder.analyzer,
      findings: answer.snapshot.findings,
      read: (file) => folder.workspace.read(file),
      types: typesOf(folder, answer),
      budgetMs: server.client.fixCheckMs,
    }),
    warm: (folder, answer, file) => {
      const text = folder.workspace.read(file);
      if (text === null || !isCode(file) || server.client.fixCheckMs <= 0) return;
      void typesOf(folder, answer)(new Map([[file, text]]), AbortSignal.abort());
    },
  };
}

function questionOf(server: ServerContext, folder: Folder, { snapshot }: Answer, texts: ReadonlyMap<string, string>) {
  const absolute = (file: string) => join(folder.project.root, file);
  return {
    changes: [...texts].map(([file, after]) => ({ path: absolute(file), before: folder.workspace.read(file), after })),
    dependents: dependentsOf(snapshot.graph, [...texts.keys()]).map(absolute),
    opened: server.documents.all().flatMap((document) => {
      const file = folder.fileOf(document.uri);
      return file !== null && isCode(file) ? [{ path: absolute(file), text: document.getText() }] : [];
    }),
  };
}

function isCode(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}
