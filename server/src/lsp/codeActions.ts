import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Diagnostic,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver/node';
import type { Finding } from '#shared/finding.ts';
import { checkedAction, type FixActionData, fixActions } from './actions/fixActions.ts';
import { createFixTrials, type FixTrials } from './actions/fixTrials.ts';
import { commandActions, ignoreActions } from './actions/otherActions.ts';
import { type Asked, askedDocument } from './asked.ts';
import type { ClientAbilities } from './clientAbilities.ts';
import { FIX_ALL, fixAllAction } from './fixAll.ts';
import type { Folder } from './folder.ts';
import { touches } from './ranges.ts';
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

/** Whether the client fetches an action's edit when it is chosen, so that the check can wait until then. */
function resolvesEdits({ capabilities }: ClientAbilities): boolean {
  const { resolveSupport, dataSupport } = capabilities.textDocument?.codeAction ?? {};
  return dataSupport === true && resolveSupport?.properties.includes('edit') === true;
}

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

async function quickFixes(
  server: ServerContext,
  trials: FixTrials,
  asked: Asked,
  params: CodeActionParams,
  signal: AbortSignal,
): Promise<CodeAction[]> {
  const { here, related } = findingsAt(asked, params);
  const marked = (finding: Finding) => diagnosticsOf(asked, finding, params.context.diagnostics);
  const fixes = [...here, ...related].flatMap((finding) =>
    fixActions(server, trials, asked, params.textDocument.uri, finding, marked(finding)),
  );
  const offered = resolvesEdits(server.client) ? fixes : await allChecked(server, trials, asked, fixes, signal);
  const others = here.flatMap((finding) => [
    ...ignoreActions(server, asked, finding, marked(finding)),
    ...commandActions(server, asked, finding, marked(finding)),
  ]);
  return [...offered, ...others];
}

/** For clients that take an action as it comes: one that fails its check is not offered. */
async function allChecked(
  server: ServerContext,
  trials: FixTrials,
  asked: Asked,
  actions: readonly CodeAction[],
  signal: AbortSignal,
): Promise<readonly CodeAction[]> {
  const checked: CodeAction[] = [];
  for (const action of actions) checked.push(await checkedAction(server, trials, asked, action, signal));
  return checked.filter(({ disabled }) => disabled === undefined).map(({ data: _, ...action }) => action);
}

/** Findings that stand at the range or whose diagnostics were sent along, then those that point to it from elsewhere. */
function findingsAt({ folder, file, answer }: Asked, { range, context }: CodeActionParams) {
  const places = folder.places(file);
  const at = (place: Parameters<typeof places.range>[0] & { file: string }) =>
    place.file === file && touches(places.range(place), range);
  const sent = new Set(context.diagnostics.map(findingIdOf));
  const here = answer.findings.filter((finding) => at(finding) || (finding.file === file && sent.has(finding.id)));
  const related = answer.findings.filter(
    (finding) => !here.includes(finding) && finding.file !== file && finding.related.some(at),
  );
  return { here, related };
}

function findingIdOf({ data }: Diagnostic): string | null {
  return typeof data === 'object' && data !== null && 'finding' in data ? String(data.finding) : null;
}

/** By the id they carry; clients that send none back are matched by rule and place. */
function diagnosticsOf({ folder }: Asked, finding: Finding, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const range = folder.places(finding.file).range(finding);
  return diagnostics.filter((diagnostic) => {
    const id = findingIdOf(diagnostic);
    return id === null ? diagnostic.code === finding.rule && touches(diagnostic.range, range) : id === finding.id;
  });
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
  const checked = await checkedAction(server, trials, asked, action, signal);
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
