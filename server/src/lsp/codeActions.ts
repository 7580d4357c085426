import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver/node';
import { checkedAction, type FixActionData } from './actions/fixActions.ts';
import { createFixTrials, type FixTrials } from './actions/fixTrials.ts';
import { quickFixes, resolvesEdits } from './actions/quickFixes.ts';
import { askedDocument } from './asked.ts';
import { FIX_ALL, fixAllAction } from './fixAll.ts';
import type { Folder } from './folder.ts';
import { runSafe } from './runSafe.ts';
import type { Feature, ServerContext } from './serverContext.ts';

/** Fixes of findings, checked before they are made, and what else one can do about a finding. */
export const codeActions: Feature = {
  capabilities: (client) => ({
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: resolvesEdits(client) },
  }),
  register: (server) => {
    const { connection, log } = server;
    const trials = createFixTrials(server);
    connection.onCodeAction(
      runSafe(log, 'code actions', null, (params, signal) => actionsAt(server, trials, params, signal)),
    );
    connection.onCodeActionResolve(async (action, token) => {
      const resolve = runSafe(log, 'checking a fix', action, (_, signal) => resolved(server, trials, action, signal));
      return resolve(action, token);
    });
  },
};

async function actionsAt(
  server: ServerContext,
  trials: FixTrials,
  params: CodeActionParams,
  signal: AbortSignal,
): Promise<CodeAction[] | null> {
  if (!server.client.capabilities.textDocument?.codeAction?.codeActionLiteralSupport) return null;
  const { only, triggerKind } = params.context;
  const { uri } = params.textDocument;
  const wantsFixes = isWanted(CodeActionKind.QuickFix, only);
  const wantsAll = only !== undefined && isWanted(FIX_ALL, only);
  // Asked with every move of the cursor, it can wait for a pause in typing; on save it cannot.
  const idly = triggerKind === CodeActionTriggerKind.Automatic && only === undefined;
  const ask = (folder: Folder) => (idly ? folder.settledAnswer(signal) : folder.answer(signal));
  const asked = wantsFixes || wantsAll ? await askedDocument(server, uri, ask) : null;
  if (!asked) return null;
  const all = wantsAll ? fixAllAction(server, asked) : null;
  const fixes = wantsFixes ? await quickFixes(server, trials, asked, params, signal) : [];
  if (fixes.length > 0 && triggerKind !== CodeActionTriggerKind.Automatic)
    trials.warm(asked.folder, asked.answer, asked.file);
  return all ? [...fixes, all] : fixes;
}

/** `source.fixAll` asks for `source.fixAll.querylens` too; who names nothing takes anything. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only?.some((each) => each === '' || kind === each || kind.startsWith(`${each}.`)) ?? true;
}

async function resolved(
  server: ServerContext,
  trials: FixTrials,
  action: CodeAction,
  signal: AbortSignal,
): Promise<CodeAction> {
  if (!isFixAction(action.data)) return action;
  const asked = await askedDocument(server, action.data.uri, (folder) => folder.answer(signal));
  if (!asked) return action;
  const checked = await checkedAction(server, trials, asked, action, { signal, budgetMs: server.client.fixCheckMs });
  if (checked.disabled) say(server, `"${action.title}" was not applied: ${checked.disabled.reason}.`);
  return checked;
}

function isFixAction(data: unknown): data is FixActionData {
  return typeof data === 'object' && data !== null && 'finding' in data && 'uri' in data;
}

/** Whoever chose an action must hear why nothing happened. */
function say({ connection }: ServerContext, message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, {
    type: MessageType.Info,
    message: `Querylens: ${message}`,
  });
}
