import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver/node';
import { brokenBy, textsAfterFix } from '#analyzer/applyFixes.ts';
import { checkFix } from '#analyzer/checkFix.ts';
import type { Finding, Fix } from '#shared/finding.ts';
import type { Asked } from '../asked.ts';
import type { ServerContext } from '../serverContext.ts';
import type { FixTrials } from './fixTrials.ts';
import { fixEdit } from './workspaceEdits.ts';

/** What a fix's action carries until it is chosen: enough to find the fix again and to know that the text is still the same. */
export interface FixActionData {
  readonly uri: string;
  /** Null for a document that is not open. */
  readonly version: number | null;
  readonly finding: string;
  readonly title: string;
}

export const NOT_VERIFIED = ' (not verified)';

/** The fixes of a finding that would leave every file whole; the edits come when one is chosen. */
export function fixActions(
  server: ServerContext,
  trials: FixTrials,
  asked: Asked,
  uri: string,
  finding: Finding,
  diagnostics: Diagnostic[],
): readonly CodeAction[] {
  const { folder } = asked;
  const read = (file: string) => folder.workspace.read(file);
  const fixes = finding.fixes.filter((fix) => isEdit(fix) && brokenBy(textsAfterFix(fix, read), read) === null);
  const makeable = fixes.filter((fix) => fixEdit(server, folder, fix) !== null);
  const preferred =
    makeable.find(({ safety }) => safety === 'safe') ?? (makeable.length === 1 ? makeable[0] : undefined);
  const version = server.documents.get(uri)?.version ?? null;
  return makeable.map((fix): CodeAction => {
    const data: FixActionData = { uri, version, finding: finding.id, title: fix.title };
    const files = fix.edits.map((edit) => edit.file);
    const title = trials.skips(folder, files) ? fix.title + NOT_VERIFIED : fix.title;
    return { title, kind: CodeActionKind.QuickFix, diagnostics, ...(fix === preferred && { isPreferred: true }), data };
  });
}

/** Whether a fix changes something and is not only advice. */
export function isEdit({ edits, creates = [] }: Fix): boolean {
  return edits.length + creates.length > 0;
}

/** The action with its edit once the fix was tried; without one, and disabled, where it would make something worse. */
export async function checkedAction(
  server: ServerContext,
  trials: FixTrials,
  { folder, answer }: Asked,
  action: CodeAction,
  { signal, budgetMs }: { readonly signal: AbortSignal; readonly budgetMs: number },
): Promise<CodeAction> {
  const { finding: id, title, version, uri } = action.data as FixActionData;
  const finding = answer.findings.find((each) => each.id === id);
  const fix = finding?.fixes.find((each) => each.title === title);
  if (!finding || !fix || (server.documents.get(uri)?.version ?? null) !== version)
    return refused(action, 'the code has changed; ask for the fixes again');
  const check = await checkFix(finding, fix, { ...trials.of(folder, answer), budgetMs }, signal);
  if (check.kind === 'broken') return refused(action, check.reason);
  const edit = fixEdit(server, folder, fix);
  if (!edit) return refused(action, 'this editor cannot create files');
  if (check.kind === 'good') return { ...action, edit };
  server.log.info(`"${title}" was not verified: ${check.reason}`);
  return { ...action, title: title + NOT_VERIFIED, edit };
}

function refused(action: CodeAction, reason: string): CodeAction {
  const { isPreferred: _, edit: __, ...rest } = action;
  return { ...rest, disabled: { reason } };
}
