import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { DiagnosticsChannel } from './diagnosticsChannel.ts';
import { type FileReport, fileReports } from './fileReports.ts';
import { runLogged } from './runSafe.ts';
import type { ServerContext } from './serverContext.ts';

/** Publishes the lists of all files, open or not, and of these only the ones that changed. */
export function createPushedDiagnostics(server: ServerContext): DiagnosticsChannel {
  let published: ReadonlyMap<string, FileReport> = new Map();
  const send = (params: PublishDiagnosticsParams) =>
    void runLogged(server.log, 'publishing diagnostics', () => server.connection.sendDiagnostics(params));
  return {
    update: () => {
      const reports = fileReports(server);
      for (const [path, { uri }] of published) if (!reports.has(path)) send({ uri, diagnostics: [] });
      for (const [path, { uri, version, resultId, diagnostics }] of reports) {
        if (published.get(path)?.resultId === resultId) continue;
        send({ uri, diagnostics: diagnostics(), ...(version !== null && { version }) });
      }
      published = reports;
    },
  };
}
