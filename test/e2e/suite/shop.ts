import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { QuerylensApi } from '../../../client/src/api.ts';

const ID = 'querylens.querylens';
const WITHIN_MS = 20_000;

/** What the extension gives to others, once it runs. */
export async function querylens(): Promise<QuerylensApi> {
  const extension = vscode.extensions.getExtension<QuerylensApi>(ID);
  if (extension === undefined) throw new Error(`${ID} is not there`);
  const api = await extension.activate();
  await api.ready;
  return api;
}

/** A file of the opened copy of the shop. */
export function shopFile(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(shopFile(path)));
}

/** Diagnostics of ours at a file, as `rule line`, lines from 1. */
export function shown(path: string): readonly string[] {
  return diagnosticsOf(path)
    .map(({ code, range }) => `${typeof code === 'object' ? code.value : code} ${range.start.line + 1}`)
    .sort();
}

export function diagnosticsOf(path: string): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(shopFile(path)).filter(({ source }) => source === 'querylens');
}

/** Waits until `ask` gives something else than null or false, and gives that; throws with `what` where it never does. */
export async function until<T>(what: string, ask: () => T | null | false): Promise<T> {
  for (const end = Date.now() + WITHIN_MS; Date.now() < end; await sleep(50)) {
    const answer = ask();
    if (answer !== null && answer !== false) return answer;
  }
  throw new Error(`not within ${WITHIN_MS / 1000} s: ${what}`);
}

/** Changes a file on the disk, as another program would, while `run` looks; then puts it back. */
export async function whileChanged(
  path: string,
  change: (text: string) => string,
  run: () => Promise<void>,
): Promise<void> {
  const file = shopFile(path).fsPath;
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, change(before));
  try {
    await run();
  } finally {
    writeFileSync(file, before);
  }
}
