import { resolve } from 'node:path';
import type { CodeServer } from './codeServer.ts';

/** What a page of the workbench is told at its start; paths are those of this machine. */
export interface Opening {
  /** A folder or a `.code-workspace` file. */
  readonly workspace: string | undefined;
  readonly files?: readonly string[];
  /** Needs a server with its test driver on. */
  readonly tests?: { readonly extensions: readonly string[]; readonly module: string };
}

/** The address that opens it. */
export function workbenchUrl(server: CodeServer, { workspace, files = [], tests }: Opening): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${server.port}${resolve(path)}`;
  const payload = [
    ...files.map((file) => ['openFile', remote(file)]),
    ...(tests?.extensions ?? []).map((path) => ['extensionDevelopmentPath', remote(path)]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests.module)]]),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  // Without a place to open, code-server would redirect to the last one.
  const place = workspace === undefined ? { ew: 'true' } : { [placeKind(workspace)]: resolve(workspace) };
  return `${server.url}/?${new URLSearchParams({ ...place, payload: JSON.stringify(payload) })}`;
}

function placeKind(path: string): 'workspace' | 'folder' {
  return path.endsWith('.code-workspace') ? 'workspace' : 'folder';
}
