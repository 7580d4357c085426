import * as vscode from 'vscode';
import type { Session } from './session.ts';

/** Starts and ends the server with the setting that switches Querylens on and off. */
export function followSwitch(session: Session): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('querylens.enable')) void session.restart();
  });
}
