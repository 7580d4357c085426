import type { WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import { countFindings } from '#render/count.ts';
import { METHODS, type ServerStatus, type StatusParams } from '#shared/protocol.ts';
import { folderCoverage } from './folderCoverage.ts';
import type { LiveFolder } from './liveFolder.ts';
import { runLogged } from './runSafe.ts';
import type { ServerContext } from './serverContext.ts';

/** How often a person needs to see a number grow, in milliseconds. */
const REPORT_MS = 100;

/** Tells the client where each folder stands, and shows progress while a folder is looked at for the first time. */
export interface StatusLine {
  began(folder: LiveFolder): void;
  progressed(folder: LiveFolder, done: number, total: number): void;
  answered(folder: LiveFolder): void;
  failed(folder: LiveFolder, message: string): void;
  /** The folder, by its URI, is no longer the client's. */
  forget(uri: string): void;
}

export function createStatusLine({ connection, client, log }: ServerContext): StatusLine {
  const sent = new Map<string, string>();
  let reported = 0;
  const bars = new Map<string, Promise<WorkDoneProgressServerReporter>>();

  const send = (folder: LiveFolder, status: ServerStatus): void => {
    const params: StatusParams = { folder: folder.uri, status };
    const text = JSON.stringify(params);
    if (sent.get(folder.uri) === text) return;
    sent.set(folder.uri, text);
    void runLogged(log, METHODS.status, () => connection.sendNotification(METHODS.status, params));
  };
  const showBar = (folder: LiveFolder): void => {
    if (client.showsStatus || bars.has(folder.uri)) return;
    const bar = connection.window.createWorkDoneProgress();
    bars.set(folder.uri, bar);
    void runLogged(log, 'showing progress', async () => {
      const reporter = await bar;
      reporter.begin('Querylens: looking at the workspace', undefined, undefined, true);
      reporter.token.onCancellationRequested(() => {
        folder.cancel();
        send(folder, { kind: 'failed', message: 'The scan was stopped; any change starts it again.' });
        hideBar(folder.uri);
      });
    });
  };
  const hideBar = (uri: string): void => {
    const bar = bars.get(uri);
    bars.delete(uri);
    void runLogged(log, 'hiding progress', async () => (await bar)?.done());
  };
  return {
    began: (folder) => {
      if (folder.latest()) return;
      showBar(folder);
      send(folder, { kind: 'scanning', filesDone: 0, filesTotal: null });
    },
    progressed: (folder, filesDone, filesTotal) => {
      if (folder.latest() || performance.now() - reported < REPORT_MS) return;
      reported = performance.now();
      send(folder, { kind: 'scanning', filesDone, filesTotal });
      void runLogged(log, 'showing progress', async () =>
        (await bars.get(folder.uri))?.report(`${filesDone} of ${filesTotal} files`),
      );
    },
    answered: (folder) => {
      hideBar(folder.uri);
      send(folder, statusOf(folder));
    },
    failed: (folder, message) => {
      hideBar(folder.uri);
      send(folder, { kind: 'failed', message });
    },
    forget: (uri) => {
      hideBar(uri);
      sent.delete(uri);
    },
  };
}

function statusOf(folder: LiveFolder): ServerStatus {
  const answer = folder.latest();
  if (!answer || answer.problems.some(({ kind }) => kind === 'no-schema')) return { kind: 'no-schema' };
  return { kind: 'ready', counts: countFindings(answer.findings).bySeverity, coverage: folderCoverage(folder, answer) };
}
