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

type Shared = Pick<FolderOptions, 'rules' | 'encoding' | 'events' | 'documents' | 'editor' | 'evidence'>;

export function createFolders(shared: Shared, log: Logger): Folders {
  let given: readonly LiveFolder[] = [];
  let adopted: readonly LiveFolder[] = [];

  const all = (): readonly LiveFolder[] => [...given, ...adopted];
  const nearest = (path: string): LiveFolder | null =>
    all()
      .filter(({ home }) => isWithin(path, home))
      .sort((a, b) => b.home.length - a.home.length)[0] ?? null;
  /** Through a link if the client came by one: its path then says nothing. */
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
    return [createFolder({ ...shared, uri, given: path, real, shows, log })];
  };
  const leave = (folders: readonly LiveFolder[]): void => {
    adopted = adopted.filter((folder) => !folders.includes(folder));
    for (const folder of folders) folder.leave();
    for (const folder of folders) shared.events.left(folder);
  };
  return {
    all,
    of,
    change: (added, removed) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      const left = given.filter(({ uri }) => gone.has(uri));
      const kept = given.filter(({ uri }) => !gone.has(uri));
      const fresh = added.filter(({ uri }) => !kept.some((folder) => folder.uri === uri));
      given = [...kept, ...fresh.flatMap(({ uri }) => open(uri, toPath(uri) ?? ''))];
      leave(given.length > 0 ? [...left, ...adopted] : left);
      for (const folder of kept) folder.restate();
    },
    adopt: (uri) => {
      const path = toPath(uri);
      if (given.length > 0 || path === null || of(uri) || !liesInProject(path)) return;
      const { root } = projectOf(dirname(path), null);
      const fresh = open(toUri(root), root);
      adopted = [...adopted, ...fresh];
      for (const folder of fresh) folder.start();
    },
    release: () => {
      const isUsed = (folder: LiveFolder) => shared.documents().some(({ uri }) => folder.fileOf(uri) !== null);
      leave(adopted.filter((folder) => !isUsed(folder)));
      for (const folder of adopted) folder.restate();
    },
  };
}
