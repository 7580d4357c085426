import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SnippetTextEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';

type Edit = TextEdit | SnippetTextEdit;

/** Does to the disk what an editor would do, and says which files it touched. */
export function applyWorkspaceEdit({ changes = {}, documentChanges = [] }: WorkspaceEdit): readonly string[] {
  for (const [uri, edits] of Object.entries(changes)) applyToFile(uri, edits);
  for (const change of documentChanges) {
    if ('textDocument' in change) applyToFile(change.textDocument.uri, change.edits);
    else if (change.kind === 'create') createFile(change.uri);
    else assert.fail(`a ${change.kind} was not expected`);
  }
  const changed = documentChanges.map((change) => ('textDocument' in change ? change.textDocument.uri : ''));
  return [...new Set([...Object.keys(changes), ...changed])]
    .filter((uri) => uri !== '')
    .map((uri) => fileURLToPath(uri));
}

function applyToFile(uri: string, edits: readonly Edit[]): void {
  const path = fileURLToPath(uri);
  const document = TextDocument.create(uri, '', 0, readFileSync(path, 'utf8'));
  writeFileSync(path, TextDocument.applyEdits(document, edits.map(toPlain)));
}

/** A snippet with its one stop left empty. */
function toPlain(edit: Edit): TextEdit {
  if (!('snippet' in edit)) return edit;
  return { range: edit.range, newText: edit.snippet.value.replace('$0', '').replace(/\\([\\$}])/g, '$1') };
}

function createFile(uri: string): void {
  const path = fileURLToPath(uri);
  assert.ok(!existsSync(path), `${path} is new`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
}
