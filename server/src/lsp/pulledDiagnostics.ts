import {
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { DiagnosticsChannel } from './diagnosticsChannel.ts';
import { type FileReport, fileReports } from './fileReports.ts';
import type { Folder } from './folder.ts';
import { runLogged, runSafe } from './runSafe.ts';
import type { ServerContext } from './serverContext.ts';
import { toPath, toUri } from './uris.ts';

const NOTHING = 'none';

/** Answers the client's questions for diagnostics, and asks it to ask again when an open document's list became another. */
export function createPulledDiagnostics(server: ServerContext): DiagnosticsChannel {
  const { connection, log } = server;
  const told = new Map<string, string>();
  const changes = createSignal();
  let answered = false;

  async function ofDocument(
    { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
    signal: AbortSignal,
  ): Promise<DocumentDiagnosticReport> {
    const folder = server.folderOf(uri);
    const answer = folder?.settledAnswer(signal);
    await (folder && !folder.latest() ? Promise.race([answer, glimpseOf(folder, uri, signal)]) : answer);
    const report = fileReports(server).get(toPath(uri) ?? '');
    const resultId = report?.resultId ?? NOTHING;
    told.set(uri, resultId);
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: report?.diagnostics() ?? [] };
  }

  /** Resolves when a folder that never answered has looked at the document by itself. */
  async function glimpseOf(folder: Folder, uri: string, signal: AbortSignal): Promise<void> {
    const version = server.documents.get(uri)?.version ?? null;
    const isSeen = () => folder.glimpse()?.versions.get(folder.fileOf(uri) ?? '') === version;
    while (!isSeen() && !folder.latest()) await changes.next(signal);
  }

  /** Held back as long as there is nothing new: clients ask again the moment they are answered. */
  async function ofWorkspace(
    { previousResultIds }: WorkspaceDiagnosticParams,
    signal: AbortSignal,
  ): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(previousResultIds.map(({ uri, value }) => [toPath(uri) ?? uri, value]));
    await Promise.allSettled(server.folders().map((folder) => folder.settledAnswer(signal)));
    for (;;) {
      const items = changedReports(known, fileReports(server));
      if (items.length > 0 || !answered) {
        answered = true;
        return { items };
      }
      await changes.next(signal);
    }
  }

  function update(): void {
    changes.fire();
    const reports = fileReports(server);
    const isStale = (uri: string) =>
      told.has(uri) && told.get(uri) !== (reports.get(toPath(uri) ?? '')?.resultId ?? NOTHING);
    if (!server.client.refreshesDiagnostics || !server.documents.keys().some(isStale)) return;
    void runLogged(log, 'refreshing diagnostics', () => connection.sendRequest(DiagnosticRefreshRequest.type));
  }

  const none: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(runSafe(log, 'textDocument/diagnostic', none, ofDocument));
  connection.languages.diagnostics.onWorkspace(runSafe(log, 'workspace/diagnostic', { items: [] }, ofWorkspace));
  // Whoever waits for this very answer is told first.
  return { update: () => void setImmediate(() => runLogged(log, 'updating diagnostics', update)) };
}

function changedReports(
  known: ReadonlyMap<string, string>,
  reports: ReadonlyMap<string, FileReport>,
): WorkspaceDocumentDiagnosticReport[] {
  const changed = [...reports].filter(([path, { resultId }]) => known.get(path) !== resultId);
  const gone = [...known].filter(([path, resultId]) => !reports.has(path) && resultId !== NOTHING);
  return [
    ...changed.map(([, { diagnostics, ...report }]) => fullReport(report, diagnostics())),
    ...gone.map(([path]) => fullReport({ uri: toUri(path), version: null, resultId: NOTHING }, [])),
  ];
}

function fullReport(
  { uri, version, resultId }: Omit<FileReport, 'diagnostics'>,
  items: Diagnostic[],
): WorkspaceDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items };
}

/** Something that happens again and again, waited for one time each. */
function createSignal(): { fire(): void; next(signal: AbortSignal): Promise<void> } {
  let waiting = Promise.withResolvers<void>();
  return {
    fire: () => {
      waiting.resolve();
      waiting = Promise.withResolvers();
    },
    next: (signal) => {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      void waiting.promise.then(resolve);
      return promise;
    },
  };
}
