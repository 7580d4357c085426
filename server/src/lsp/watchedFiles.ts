import { basename } from 'node:path';
import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesRegistrationOptions,
  type Disposable,
  type FileSystemWatcher,
  WatchKind,
} from 'vscode-languageserver/node';
import { isWithin } from '#analyzer/project.ts';
import type { Folder } from './folder.ts';
import { runLogged } from './runSafe.ts';
import type { ServerContext } from './serverContext.ts';
import { toPath, toUri } from './uris.ts';

const GLOBS = [
  '**/.querylens/evidence.db*',
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,prisma,sql}',
  '**/{package.json,tsconfig*.json,jsconfig*.json,pnpm-workspace.yaml,.gitignore,querylens.config.json}',
];
const INPUT =
  /(?:\.(?:[cm]?[jt]sx?|prisma|sql)|(?:^|\/)(?:package\.json|[jt]sconfig[^/]*\.json|pnpm-workspace\.yaml|\.gitignore|querylens\.config\.json))$/;
const STEERING = /(?:^|\/)(?:\.gitignore|querylens\.config\.json)$/;
const DECIDING =
  /(?:^|\/)(?:package\.json|querylens\.config\.json|pnpm-workspace\.yaml|schema\.prisma|prisma\.config\.[^/]*)$/;

/** Whether an edit of the file can change an answer: what the engine reads, and what tells it what to read. */
export function isInput(file: string): boolean {
  return INPUT.test(file);
}

/** Whether a change there says that something was counted; of a folder that appears often only its name is told. */
export function isEvidence(uri: string): boolean {
  return /\/\.querylens(?:\/evidence\.db(?:-wal|-shm)?)?$/.test(uri);
}

/** Whether the file has a say in where a project begins and how it is configured. */
export function decidesProject(file: string): boolean {
  return DECIDING.test(file);
}

/** Whether the file, which is in no list itself, decides what is listed. */
export function steers(file: string): boolean {
  return STEERING.test(file) && !file.includes('node_modules/');
}

/** Asks the client to tell of changes on the disk, anew whenever folders or their baselines are others; a client that cannot is rescanned on save. */
export function createFileWatch(server: ServerContext): { update(): void } {
  let watched = '';
  let registered: Promise<Disposable> | null = null;
  return {
    update: () => {
      const watchers = watchersOf(server);
      if (!server.client.dynamicWatchedFiles || watched === JSON.stringify(watchers)) return;
      watched = JSON.stringify(watchers);
      const before = registered;
      const options: DidChangeWatchedFilesRegistrationOptions = { watchers };
      registered = server.connection.client.register(DidChangeWatchedFilesNotification.type, options);
      void runLogged(server.log, 'watching files', async () => {
        await registered;
        (await before)?.dispose();
      });
    },
  };
}

function watchersOf(server: ServerContext): FileSystemWatcher[] {
  const folders = server.folders();
  const baselines = [...new Set(folders.map(({ settings }) => `**/${basename(settings.baseline)}`))];
  const globs: FileSystemWatcher[] = [...GLOBS, ...baselines].map((globPattern) => ({ globPattern }));
  // Of folders that come and go the client tells no more than their names.
  const folderwise: FileSystemWatcher = { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete };
  return [...globs, folderwise, ...(server.client.relativePatterns ? folders.flatMap(watchersOutside) : [])];
}

/** A project that begins above its folder is watched from there: the client watches no further than its folders. */
function watchersOutside({ uri, project }: Folder): FileSystemWatcher[] {
  const path = toPath(uri);
  if (path === null || isWithin(project.root, path)) return [];
  return GLOBS.map((pattern) => ({ globPattern: { baseUri: toUri(project.root), pattern } }));
}
