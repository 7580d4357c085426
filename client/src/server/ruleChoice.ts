import * as vscode from 'vscode';
import { METHODS, type RuleView } from '#shared/protocol.ts';
import type { Session } from './session.ts';

/** The rule a command was asked about: by its id, or by the line of the list it was called on; null for neither. */
export function ruleOf(from: unknown): string | null {
  if (typeof from === 'string') return from;
  if (typeof from !== 'object' || from === null) return null;
  if ('rule' in from && typeof from.rule === 'string') return from.rule;
  return 'listed' in from ? ruleOf(Object(from.listed).finding) : null;
}

/** Lets a person choose among all rules; null when they turn away or nothing can be asked. */
export async function askForRule(session: Session): Promise<string | null> {
  const client = await session.started();
  const rules = (await client?.sendRequest<readonly RuleView[]>(METHODS.rules, {})) ?? null;
  if (rules === null) {
    void vscode.window.showWarningMessage(
      'Querylens does not run, so its rules cannot be listed; its item in the status bar says why.',
    );
    return null;
  }
  const items = rules.map(({ id, finds, severity, stage }) => ({
    label: id,
    description: stage === 'experimental' ? `${severity}, experimental` : severity,
    detail: finds,
  }));
  const choice = await vscode.window.showQuickPick(items, {
    title: 'Querylens: Rules',
    placeHolder: 'Choose a rule to read its page',
    matchOnDetail: true,
  });
  return choice?.label ?? null;
}
