import { type CodeAction, CodeActionKind, type Command, type Diagnostic } from 'vscode-languageserver/node';
import { BUILT_IN_RULES } from '#analyzer/builtInRules.ts';
import { ignoreFile, ignoreNextLine } from '#analyzer/disableEdits.ts';
import type { Finding } from '#shared/finding.ts';
import { CLIENT_COMMANDS, SERVER_COMMANDS } from '#shared/protocol.ts';
import type { Asked } from '../asked.ts';
import type { ServerContext } from '../serverContext.ts';
import { insertionEdit } from './workspaceEdits.ts';

/** Comments that hide a finding once the author has said why. */
export function ignoreActions(
  server: ServerContext,
  { folder }: Asked,
  finding: Finding,
  diagnostics: Diagnostic[],
): readonly CodeAction[] {
  const { rule, file } = finding;
  const text = folder.workspace.read(file);
  if (text === null || BUILT_IN_RULES.some(({ id }) => id === rule)) return [];
  const line = ignoreNextLine(finding, text);
  const places = [
    ...(line ? [{ where: 'this line', insertion: line }] : []),
    { where: 'this file', insertion: ignoreFile(finding, text) },
  ];
  return places.map(({ where, insertion }) => ({
    title: `Disable ${rule} for ${where}, with a reason`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: insertionEdit(server, folder, file, insertion),
  }));
}

/** Accepting a finding for now, and reading about its rule. */
export function commandActions(
  server: ServerContext,
  { folder }: Asked,
  { id, rule }: Finding,
  diagnostics: Diagnostic[],
): readonly CodeAction[] {
  const accept = {
    title: `Add this ${rule} to the baseline`,
    command: SERVER_COMMANDS.addToBaseline,
    arguments: [folder.uri, id],
  };
  return [accept, ...explain(server, rule)].map((command) => ({
    title: command.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    command,
  }));
}

/** Only where the page can be shown: by the client itself, or at the server's wish. */
function explain({ client }: ServerContext, rule: string): readonly Command[] {
  const title = `Explain ${rule}`;
  if (client.commands.has(CLIENT_COMMANDS.explainRule))
    return [{ title, command: CLIENT_COMMANDS.explainRule, arguments: [rule] }];
  return client.showsDocuments ? [{ title, command: SERVER_COMMANDS.openRulePage, arguments: [rule] }] : [];
}
