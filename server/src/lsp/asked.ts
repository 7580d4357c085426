import type { Answer, Folder } from './folder.ts';
import type { ServerContext } from './serverContext.ts';

/** A document somebody asks about, with the answer over its present text. */
export interface Asked {
  readonly folder: Folder;
  /** Relative to the project's root. */
  readonly file: string;
  readonly answer: Answer;
}

/** Looks a document up; null where nobody answers for it or the editor is told to be quiet. */
export async function askedDocument(
  server: ServerContext,
  uri: string,
  ask: (folder: Folder) => Promise<Answer>,
): Promise<Asked | null> {
  const folder = server.settings().enable ? server.folderOf(uri) : null;
  const file = folder?.fileOf(uri) ?? null;
  if (!folder || file === null) return null;
  folder.lookAtEvidence();
  return { folder, file, answer: await ask(folder) };
}
