import * as vscode from 'vscode';
import { METHODS, type QueriesParams, type QueryPlace } from '#shared/protocol.ts';
import { CONTEXT_KEYS } from '../commandIds.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { latestOnly } from './latestOnly.ts';
import type { Session } from './session.ts';

/** Keeps a key true in files with Prisma calls, so that menus elsewhere stay as short as they are. */
export function followQueries(session: Session, store: ProjectStore): vscode.Disposable {
  let shown: boolean | null = null;
  const set = (value: boolean): void => {
    if (shown !== value) void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.queries, value);
    shown = value;
  };
  const ask = latestOnly(async (uri: string) => {
    const found = await hasQueries(session, uri);
    if (vscode.window.activeTextEditor?.document.uri.toString() === uri) set(found);
  });
  const look = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !/^(type|java)script/.test(document.languageId)) set(false);
    else ask(document.uri.toString()).catch(() => set(false));
  };
  look();
  return vscode.Disposable.from(vscode.window.onDidChangeActiveTextEditor(look), store.onChange(look));
}

async function hasQueries(session: Session, uri: string): Promise<boolean> {
  const params: QueriesParams = { textDocument: { uri } };
  const places = await session.client()?.sendRequest<readonly QueryPlace[]>(METHODS.queries, params);
  return (places ?? []).length > 0;
}
