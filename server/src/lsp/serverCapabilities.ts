import {
  type InitializeParams,
  PositionEncodingKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
  type WorkspaceFolder,
} from 'vscode-languageserver/node';
import { SERVER_COMMANDS } from '#shared/protocol.ts';
import type { ClientAbilities } from './clientAbilities.ts';
import { FEATURES } from './features.ts';
import { toUri } from './uris.ts';

/** What the client is told the server can do. */
export function serverCapabilities(client: ClientAbilities): ServerCapabilities {
  const bytes = client.positionEncoding === PositionEncodingKind.UTF8;
  return {
    positionEncoding: client.positionEncoding,
    // The documents are kept by a package that counts UTF-16 only.
    textDocumentSync: {
      openClose: true,
      change: bytes ? TextDocumentSyncKind.Full : TextDocumentSyncKind.Incremental,
      save: true,
    },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    executeCommandProvider: { commands: Object.values(SERVER_COMMANDS) },
    ...(client.pullsDiagnostics && {
      diagnosticProvider: { identifier: 'querylens', interFileDependencies: true, workspaceDiagnostics: true },
    }),
    ...Object.assign({}, ...FEATURES.map((feature) => feature.capabilities(client))),
  };
}

/** The folders a client begins with: older clients name one root, the oldest by its path; some name none. */
export function givenFolders({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly WorkspaceFolder[] {
  const uri = rootUri ?? (rootPath ? toUri(rootPath) : null);
  return workspaceFolders ?? (uri === null ? [] : [{ uri, name: uri }]);
}
