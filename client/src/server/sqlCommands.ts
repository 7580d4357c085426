import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { METHODS, type SqlParams, type SqlResult } from '#shared/protocol.ts';
import type { SqlPages } from '../pages/sqlPages.ts';
import { copiedWords, untoldWords } from '../sqlWords.ts';
import type { Session } from './session.ts';

export type { SqlPages } from '../pages/sqlPages.ts';

/** Puts the SQL of a Prisma call on the clipboard: of the one at the place the server names, else of the one at the cursor. */
export async function copySql(session: Session, given: readonly unknown[]): Promise<void> {
  const result = await sqlAt(session, given);
  if (result === null) return;
  if (result.lines !== '') await vscode.env.clipboard.writeText(result.lines);
  vscode.window.setStatusBarMessage(`Querylens: ${copiedWords(result)}`, 8000);
}

/** Opens the SQL of a Prisma call as a document, found in the same way. */
export async function showSql(session: Session, pages: SqlPages, given: readonly unknown[]): Promise<void> {
  const result = await sqlAt(session, given);
  if (result === null) return;
  const { line, character } = result.range.start;
  await pages.show(result.name, `${result.uri}#${line + 1},${character + 1}`, result.page);
}

type PlacedSql = SqlResult & { readonly uri: string };

/** Null where there is none or it cannot be told; a person was then told so. */
async function sqlAt(session: Session, given: readonly unknown[]): Promise<PlacedSql | null> {
  const client = await session.started();
  if (client === null) return refuse('The server does not run; its item in the status bar says why.');
  const params = placeIn(given) ?? placeAtCursor(client);
  try {
    const result = params && (await client.sendRequest<SqlResult | null>(METHODS.sql, params));
    const problem = untoldWords(result);
    return problem === null && result && params ? { ...result, uri: params.textDocument.uri } : refuse(problem ?? '');
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(problem: string): null {
  void vscode.window.showInformationMessage(`Querylens: ${problem}`);
  return null;
}

function placeAtCursor(client: LanguageClient): SqlParams | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { code2ProtocolConverter: convert } = client;
  return {
    textDocument: { uri: convert.asUri(editor.document.uri) },
    position: convert.asPosition(editor.selection.active),
  };
}

/** The arguments the server gives; a menu hands over other things. */
function placeIn([uri, position]: readonly unknown[]): SqlParams | null {
  if (typeof uri !== 'string' || typeof position !== 'object' || position === null) return null;
  if (!('line' in position && 'character' in position)) return null;
  const { line, character } = position;
  if (typeof line !== 'number' || typeof character !== 'number') return null;
  return { textDocument: { uri }, position: { line, character } };
}
