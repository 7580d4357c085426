import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { CodeAction, CodeActionContext, Diagnostic, Range } from 'vscode-languageserver-protocol';
import { applyWorkspaceEdit } from './applyWorkspaceEdit.ts';
import { type ClientOptions, type LspClient, lspClient, PUSHING } from './lspClient.ts';
import { projectFolder } from './projectFolder.ts';

/** An editor that fetches edits when an action is chosen and knows all kinds of them. */
export const EDITING: ClientOptions['capabilities'] = {
  ...PUSHING,
  textDocument: {
    ...PUSHING.textDocument,
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      ...{ isPreferredSupport: true, disabledSupport: true, dataSupport: true },
      resolveSupport: { properties: ['edit'] },
    },
  },
  workspace: {
    ...PUSHING.workspace,
    workspaceEdit: {
      ...{ documentChanges: true, resourceOperations: ['create'], snippetEditSupport: true },
      changeAnnotationSupport: { groupsOnLabel: false },
    },
  },
};

/** An editor that takes actions as they come and knows plain edits only. */
export const OLDER: ClientOptions['capabilities'] = {
  ...EDITING,
  textDocument: {
    ...EDITING.textDocument,
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
  workspace: PUSHING.workspace ?? {},
};

/** A project on the disk, open in an editor. */
export interface Editor {
  readonly folder: string;
  readonly client: LspClient;
  readonly opened: Set<string>;
}

/** Opens a project of the given files. */
export async function editor(
  context: TestContext,
  files: Readonly<Record<string, string>>,
  options: Partial<ClientOptions> = {},
): Promise<Editor> {
  const folder = projectFolder(context, files);
  const client = await lspClient(context, { folders: [folder], capabilities: EDITING, ...options });
  return { folder, client, opened: new Set() };
}

/** Where the cursor stands and what is asked for. */
export interface Asking {
  readonly file: string;
  /** Text at which the cursor stands. */
  readonly at: string;
  readonly only?: readonly string[];
  readonly context?: Partial<CodeActionContext>;
}

/** What an editor would show at the cursor, over the findings of the file as it is on the disk. */
export async function actionsAt(
  { folder, client, opened }: Editor,
  { file, at, only, context }: Asking,
): Promise<readonly CodeAction[]> {
  client.open(file);
  opened.add(file);
  const text = readFileSync(join(folder, file), 'utf8');
  assert.ok(text.includes(at), `${file} holds ${at}`);
  const before = text.slice(0, text.indexOf(at)).split('\n');
  const position = { line: before.length - 1, character: (before.at(-1) ?? '').length };
  await client.until('an answer', () => client.all('querylens/findingsChanged').length > 0);
  const diagnostics = (client.published(file)?.diagnostics ?? []).filter(({ range }) => holds(range, position.line));
  return (
    (await client.request<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri: client.uri(file) },
      range: { start: position, end: position },
      context: { diagnostics, ...(only && { only }), ...context },
    })) ?? []
  );
}

function holds({ start, end }: Range, line: number): boolean {
  return start.line <= line && line <= end.line;
}

/** Chooses an action as an editor does: resolves it, applies its edit, tells the server. */
export async function choose({ client, folder, opened }: Editor, action: CodeAction | undefined): Promise<CodeAction> {
  assert.ok(action);
  const done = action.edit ? action : await client.request<CodeAction>('codeAction/resolve', action);
  for (const path of applyWorkspaceEdit(done.edit ?? {})) {
    const file = path.slice(folder.length + 1);
    if (opened.has(file)) client.change(file, readFileSync(path, 'utf8'));
    else client.watched('changed', file);
  }
  return done;
}

export const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);
export const named = (actions: readonly CodeAction[], title: RegExp) =>
  actions.find((action) => title.test(action.title));
export const messages = (client: LspClient) =>
  client.all<{ message: string }>('window/showMessage').map(({ message }) => message);
export const without = (rule: string) => (list: readonly Diagnostic[]) => list.every(({ code }) => code !== rule);
