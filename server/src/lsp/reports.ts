import { reportFrom } from '#analyzer/report/reportFrom.ts';
import { pageProgram } from '#render/report/reportHtml.ts';
import { reportOutput, reportText } from '#render/report/reportText.ts';
import {
  type FolderParams,
  METHODS,
  type ReportResult,
  type ReportTextParams,
  type ReportTextResult,
} from '#shared/protocol.ts';
import type { PerformanceReport } from '#shared/report.ts';
import type { Folder } from './folder.ts';
import { namedFolder, withoutParams } from './requests.ts';
import { runSafe } from './runSafe.ts';
import type { Feature, ServerContext } from './serverContext.ts';

/** The performance report of a folder, for a page that shows it and as texts that are kept. */
export const reports: Feature = {
  capabilities: () => ({}),
  register: (server) => {
    const { connection, log } = server;
    const report = runSafe<FolderParams | null, ReportResult | null>(log, METHODS.report, null, (params, signal) =>
      shown(server, params, signal),
    );
    connection.onRequest(METHODS.report, withoutParams(report));
    connection.onRequest(
      METHODS.reportText,
      runSafe<ReportTextParams, ReportTextResult | null>(log, METHODS.reportText, null, (params, signal) =>
        written(server, params, signal),
      ),
    );
  },
};

/** Rows of each list in Markdown, as many as the command line gives. */
const ROWS = 20;

async function shown(
  server: ServerContext,
  params: FolderParams | null,
  signal: AbortSignal,
): Promise<ReportResult | null> {
  const folder = namedFolder(server, params);
  const report = folder && (await reportOf(folder, signal));
  return report && { folder: folder.uri, root: folder.uriOf('.'), report: reportOutput(report) };
}

async function written(
  server: ServerContext,
  params: ReportTextParams,
  signal: AbortSignal,
): Promise<ReportTextResult | null> {
  const folder = namedFolder(server, params);
  const report = folder && (await reportOf(folder, signal));
  return (
    report && { text: reportText(report, params.format, { rows: ROWS, page: () => pageProgram(server.readProgram) }) }
  );
}

/** Null where there is no schema. */
async function reportOf(folder: Folder, signal: AbortSignal): Promise<PerformanceReport | null> {
  const { snapshot, findings } = await folder.settledAnswer(signal);
  if (snapshot.problems.some(({ kind }) => kind === 'no-schema')) return null;
  await folder.evidence.prepare();
  return reportFrom({ ...snapshot, findings }, folder.settings, folder.evidence);
}
