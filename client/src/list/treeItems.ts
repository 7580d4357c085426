import * as vscode from 'vscode';
import type { Severity } from '#shared/finding.ts';
import { plural } from '../words.ts';
import type { BranchNode, FindingNode, Grouping } from './findingTree.ts';
import { findingLine, findingTooltip, spokenFinding } from './findingWords.ts';

const OLD_SCHEME = 'querylens-old';

/** A finding's line; Enter or a click opens the place. */
export function findingItem(node: FindingNode, grouping: Grouping, old: boolean): vscode.TreeItem {
  const { finding, uri } = node.listed;
  const { label, detail } = findingLine(finding, grouping);
  const item = new vscode.TreeItem(label);
  item.id = node.id;
  item.description = detail;
  item.tooltip = new vscode.MarkdownString(findingTooltip(node.listed));
  item.iconPath = severityIcon(finding.severity, old);
  item.contextValue = 'finding';
  item.accessibilityInformation = { label: spokenFinding(finding) };
  if (old) item.resourceUri = vscode.Uri.from({ scheme: OLD_SCHEME, path: `/${finding.id}` });
  const { line, column, endLine, endColumn } = finding;
  const selection = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
  item.command = { command: 'vscode.open', title: 'Open', arguments: [vscode.Uri.parse(uri), { selection }] };
  return item;
}

/** The line of a folder, group or file; `open` decides how it first appears, afterwards VS Code remembers what a person did. */
export function branchItem(node: BranchNode, open: boolean): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(node.label, open ? Expanded : Collapsed);
  item.id = node.id;
  item.description = node.detail;
  item.contextValue = node.rule === null ? node.kind : 'rule';
  item.accessibilityInformation = { label: `${node.label}, ${plural(node.count, 'finding')}` };
  item.tooltip = `${node.label}: ${plural(node.count, 'finding')}`;
  if (node.kind === 'group') item.iconPath = severityIcon(node.severity, false);
  if (node.kind === 'folder') item.iconPath = new vscode.ThemeIcon('root-folder');
  if (node.kind === 'file') {
    item.iconPath = vscode.ThemeIcon.File;
    if (node.uri !== null) item.resourceUri = vscode.Uri.parse(node.uri);
  }
  return item;
}

/** Greys the lines of findings that were heard before the server last started. */
export function greyOldFindings(): vscode.Disposable {
  const color = new vscode.ThemeColor('disabledForeground');
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme }) => (scheme === OLD_SCHEME ? { color } : undefined),
  });
}

const ICONS: Readonly<Record<Severity, readonly [icon: string, color: string]>> = {
  error: ['error', 'problemsErrorIcon.foreground'],
  warning: ['warning', 'problemsWarningIcon.foreground'],
  info: ['info', 'problemsInfoIcon.foreground'],
  hint: ['lightbulb', 'foreground'],
};

function severityIcon(severity: Severity, old: boolean): vscode.ThemeIcon {
  const [icon, color] = ICONS[severity];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(old ? 'disabledForeground' : color));
}
