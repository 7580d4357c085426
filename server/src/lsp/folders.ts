import { dirname } from 'node:path';
import type { WorkspaceFolder } from 'vscode-languageserver/node';
import { folderOnDisk, isWithin, liesInProject, projectOf } from '#analyzer/project.ts';
import { createFolder } from './createFolder.ts';
import type { FolderOptions, LiveFolder } from './liveFolder.ts';
import type { Logger } from './logger.ts';
import { toPath, toUri } from './uris.ts';

/** The folders of the client, as they come and go, and in their absence the projects of files opened alone. */
export interface Folders {
  /** In the client's order, projects of single files behind. */
  all(): readonly LiveFolder[];
  /** The nearest folder that holds a document. */
  of(uri: string): LiveFolder | null;
  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void;
  /** Opens the project of a document that lies in no folder, unless the client has folders: then it is a visitor. */
  adopt(uri: string): void;
  /** Closes projects none of whose files is open any more. */
  release(): void;
}

type Shared = Pick<FolderOptions, 'rules' | 'encoding' | 'events' | 'documents' | 'editor'>;

export function createFolders(shared: Shared, log: Logger): Folders {
  let given: readonly LiveFolder[] = [];
  let adopted: readonly LiveFolder[] = [];

  const all = (): readonly LiveFolder[] => [...given, ...adopted];
  const nearest = (path: string): LiveFolder | null =>
    all()
      .filter(({ home }) => isWithin(path, home))
      .sort((a, b) => b.home.length - a.home.length)[0] ?? null;
  const of = (uri: string): LiveFolder | null => {
    const path = toPath(uri);
    return (
      all().find((folder) => folder.pathOf(uri) !== path && nearest(folder.pathOf(uri) ?? '') === folder) ??
      nearest(path ?? '')
    );
  };
  const isOpen = (path: string, folder: LiveFolder) =>
    shared.documents().some(({ uri }) => folder.pathOf(uri) === path);
  const shows = (path: string, folder: LiveFolder): boolean => {
    if (adopted.includes(folder)) return isOpen(path, folder);
    return (nearest(path) ?? folder) === folder;
  };
  const open = (uri: string, path: string): readonly LiveFolder[] => {
    const real = folderOnDisk(path);
    if (real === null) log.warn(`${path}: there is no such folder; nothing is looked at there`);
    if (real === null) return [];
    return [createFolder({ ...shared, uri, given: path, real, shows, log: log.debug })];
  };
  return {
    all,
    of,
    change: (added, removed) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      for (const folder of given) if (gone.has(folder.uri)) folder.cancel();
      const kept = given.filter(({ uri }) => !gone.has(uri));
      const fresh = added.filter(({ uri }) => !kept.some((folder) => folder.uri === uri));
      given = [...kept, ...fresh.flatMap(({ uri }) => open(uri, toPath(uri) ?? ''))];
      if (given.length > 0) adopted = [];
      for (const folder of kept) folder.restate();
    },
    adopt: (uri) => {
      const path = toPath(uri);
      if (given.length > 0 || path === null || of(uri) || !liesInProject(path)) return;
      const { root } = projectOf(dirname(path), null);
      adopted = [...adopted, ...open(toUri(root), root)];
    },
    release: () => {
      const used = adopted.filter((folder) => shared.documents().some(({ uri }) => folder.fileOf(uri) !== null));
      for (const folder of adopted) if (!used.includes(folder)) folder.cancel();
      adopted = used;
      for (const folder of used) folder.restate();
    },
  };
}
