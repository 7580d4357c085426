import * as vscode from 'vscode';
import { METHODS } from '#shared/protocol.ts';
import type { Session } from '../server/session.ts';

/** Tells the server when the workspace comes to be trusted; one that starts later is told so at its start. */
export function followTrust(session: Session): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(async () => {
    const client = await session.started();
    await client?.sendNotification(METHODS.trusted);
  });
}
