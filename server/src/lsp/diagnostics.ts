import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range as LspRange } from 'vscode-languageserver/node';
import type { Finding, Problem, Severity } from '#shared/finding.ts';
import type { DiagnosticData } from '#shared/protocol.ts';
import type { Folder } from './folder.ts';
import type { ServerContext } from './serverContext.ts';

const SOURCE = 'querylens';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A finding as the client shows it; what the client cannot take is left out. */
export function findingDiagnostic({ client, pageOf }: ServerContext, folder: Folder, finding: Finding): Diagnostic {
  const data: DiagnosticData = { folder: folder.uri, finding: finding.id };
  const related = finding.related.map(({ file, message, ...range }) => ({
    location: { uri: folder.uriOf(file), range: folder.places(file).range(range) },
    message,
  }));
  return {
    range: folder.places(finding.file).range(finding),
    severity: SEVERITY[finding.severity],
    code: finding.rule,
    source: SOURCE,
    message: finding.message,
    ...(client.codeDescription && { codeDescription: { href: pageOf(finding.rule) } }),
    ...(client.relatedInformation && related.length > 0 && { relatedInformation: related }),
    ...(client.diagnosticTags && finding.rule === 'unused-ignore' && { tags: [DiagnosticTag.Unnecessary] }),
    ...(client.diagnosticData && { data }),
  };
}

/** A problem with the input at its place, the first line where it has none. */
export function problemDiagnostic(folder: Folder, { file, line, column, message, kind }: Problem): Diagnostic {
  return {
    range: problemRange(folder, file, line ?? 1, column ?? 1),
    severity: kind === 'schema' || kind === 'config' ? DiagnosticSeverity.Error : DiagnosticSeverity.Information,
    source: SOURCE,
    message,
  };
}

/** To the end of the line: a problem knows only where it begins. */
function problemRange(folder: Folder, file: string, line: number, column: number): LspRange {
  const places = folder.places(file);
  const from = places.range({ line, column, endLine: line, endColumn: column }).start;
  const lineEnd = places.offset({ line: from.line, character: Number.MAX_SAFE_INTEGER });
  const start = places.offset(from);
  return places.spanRange({ start, end: Math.max(start, lineEnd) });
}
