import * as vscode from 'vscode';
import type { Middleware, vsdiag } from 'vscode-languageclient/node';
import { CLIENT_COMMANDS } from '#shared/protocol.ts';

/** Makes the rule's name on a diagnostic open the rule's page as a page; the server's own link leads to the Markdown source. */
export const RULE_LINKS = {
  provideDiagnostics: async (document, previous, token, next) => {
    const report = await next(document, previous, token);
    if (report) linkReport(report);
    return report;
  },
  provideWorkspaceDiagnostics: async (previous, token, reporter, next) => {
    const linked: vsdiag.ResultReporter = (chunk) => {
      chunk?.items.forEach(linkReport);
      reporter(chunk);
    };
    const report = await next(previous, token, linked);
    report?.items.forEach(linkReport);
    return report;
  },
  handleDiagnostics: (uri, diagnostics, next) => {
    diagnostics.forEach(link);
    next(uri, diagnostics);
  },
} satisfies Middleware;

function linkReport(report: vsdiag.DocumentDiagnosticReport): void {
  if ('items' in report) report.items.forEach(link);
}

function link(diagnostic: vscode.Diagnostic): void {
  const { code } = diagnostic;
  if (typeof code !== 'object' || code.target.scheme !== 'file') return;
  const rule = encodeURIComponent(JSON.stringify([code.value]));
  diagnostic.code = { ...code, target: vscode.Uri.parse(`command:${CLIENT_COMMANDS.explainRule}?${rule}`) };
}
