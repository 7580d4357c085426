import { basename } from 'node:path';
import type { WorkDoneProgressReporter } from 'vscode-languageserver/node';
import { loadSqlite } from '#bridge/sqlite.ts';
import { clearEvidence } from '#bridge/store/clearEvidence.ts';
import { collectedText, unmatchedCount } from '#render/collectedText.ts';
import { plural } from '#render/count.ts';
import type { CollectorEvent } from '#shared/collectorEvents.ts';
import { type IngestResult, SERVER_COMMANDS } from '#shared/protocol.ts';
import type { EvidenceGate } from '../evidence/evidenceGate.ts';
import type { Folder } from '../folder.ts';
import type { ServerContext } from '../serverContext.ts';
import { toPath } from '../uris.ts';
import type { CollectorEnd } from './collector.ts';
import type { Collectors, LongRun, Started } from './collectors.ts';

/** What a command answers: a sentence on what was done, or null where nothing was. */
export type CommandAnswer = string | IngestResult | null;

/** Runs the commands that count and clear, for one folder; null for any other command. */
export type CollectorCommands = (
  command: string,
  folder: Folder,
  given: readonly unknown[],
  signal: AbortSignal,
) => Promise<CommandAnswer> | null;

export function createCollectorCommands(
  server: ServerContext,
  gate: EvidenceGate,
  collectors: Collectors,
): CollectorCommands {
  const { ingest, startWatching, stopWatching, startReceiver, stopReceiver, clearMeasurements } = SERVER_COMMANDS;
  const act: Readonly<Record<string, (folder: Folder, given: readonly unknown[], signal: AbortSignal) => Answer>> = {
    [ingest]: (folder, given, signal) => ingestLogs(server, collectors, folder, filesOf(given), signal),
    [startWatching]: (folder, given) => watch(server, collectors, folder, filesOf(given)),
    [startReceiver]: (folder) => receive(server, collectors, folder),
    [clearMeasurements]: (folder, [confirmed]) => clear(server, folder, confirmed === true),
  };
  return (command, folder, given, signal) => {
    // What runs may be ended whatever is allowed by now.
    if (command === stopWatching) return stopped(collectors.stop(folder, 'watch'), 'no log is watched any more');
    if (command === stopReceiver) return stopped(collectors.stop(folder, 'serve'), 'the receiver is stopped');
    const run = act[command];
    if (!run) return null;
    return gate.allowed() ? run(folder, given, signal) : refused(server);
  };
}

type Answer = Promise<CommandAnswer>;

const NOT_ALLOWED =
  'measurements are off: the workspace must be trusted, and the setting querylens.evidence.enable must be on';

async function refused(server: ServerContext): Answer {
  fail(server, NOT_ALLOWED);
  return null;
}

async function stopped(done: boolean, text: string): Answer {
  return done ? text : null;
}

/** Follows logs: those the project names and what the probe writes where none are given. */
export async function watch(
  server: ServerContext,
  collectors: Collectors,
  folder: Folder,
  files: readonly string[],
): Promise<string | null> {
  const started = await startShown(server, collectors, folder, 'watch', files);
  if (started.kind === 'started')
    return started.files.length === 0
      ? 'waiting for logs: there are none yet'
      : `watching ${plural(started.files.length, 'log')}`;
  if (started.kind === 'failed') fail(server, started.message);
  return null;
}

/** What has to read the project first may take a while, and may be given up. */
async function startShown(
  server: ServerContext,
  collectors: Collectors,
  folder: Folder,
  run: LongRun,
  args: readonly string[],
): Promise<Started> {
  const bar = await progressOf(server);
  bar.begin('Querylens: reading the project to count its calls', () => collectors.stop(folder, run));
  return collectors.start(folder, run, args).finally(bar.done);
}

async function receive(server: ServerContext, collectors: Collectors, folder: Folder): Promise<string | null> {
  const { port } = server.settings().receiver;
  const started = await startShown(server, collectors, folder, 'serve', ['--port', String(port)]);
  if (started.kind === 'started') return `receiving at ${started.url}`;
  if (started.kind === 'failed') fail(server, started.message);
  return null;
}

async function ingestLogs(
  server: ServerContext,
  collectors: Collectors,
  folder: Folder,
  files: readonly string[],
  signal: AbortSignal,
): Promise<IngestResult | null> {
  if (files.length === 0) return null;
  const bar = await progressOf(server);
  const collector = collectors.ingest(folder, files, (event) => bar.show(event));
  const stop = () => collector.stop();
  signal.addEventListener('abort', stop, { once: true });
  bar.begin(`Querylens: counting ${files.map((file) => basename(file)).join(', ')}`, stop);
  const end = await collector.ended.finally(bar.done);
  // Who asks next asks about what was counted.
  await folder.evidence.prepare();
  const result = resultOf(end);
  if (end.kind === 'failed') fail(server, end.message);
  // A client that shows no answers of commands has to be told.
  else if (!server.client.showsStatus) server.log.tell('info', `Querylens: ${result?.message}`);
  return result;
}

function resultOf(end: CollectorEnd): IngestResult | null {
  if (end.kind === 'failed') return null;
  if (end.kind === 'stopped') return { message: 'stopped; what was counted until then is kept', unmatched: 0 };
  if (end.summary === null) return { message: 'nothing was counted', unmatched: 0 };
  return { message: collectedText(end.summary), unmatched: unmatchedCount(end.summary) };
}

interface Bar {
  begin(title: string, stop: () => void): void;
  show(event: CollectorEvent): void;
  done(): void;
}

async function progressOf({ connection, client }: ServerContext): Promise<Bar> {
  if (client.capabilities.window?.workDoneProgress !== true) return NO_BAR;
  const reporter = await connection.window.createWorkDoneProgress();
  return {
    begin: (title, stop) => {
      reporter.begin(title, 0, undefined, true);
      reporter.token.onCancellationRequested(stop);
    },
    show: (event) => report(reporter, event),
    done: () => reporter.done(),
  };
}

const NO_BAR: Bar = { begin: () => undefined, show: () => undefined, done: () => undefined };

function report(reporter: WorkDoneProgressReporter, event: CollectorEvent): void {
  if (event.kind !== 'progress') return;
  const { file, position, total } = event;
  if (total === null || total === 0) reporter.report(`${basename(file)}, ${Math.round(position / 1e6)} MB`);
  else reporter.report(Math.min(100, Math.floor((100 * position) / total)), basename(file));
}

const CLEAR = 'Clear';

async function clear(server: ServerContext, folder: Folder, confirmed: boolean): Promise<string | null> {
  if (!confirmed && !(await confirms(server, folder))) return null;
  const cleared = clearEvidence(await loadSqlite(), folder.project.root);
  folder.lookAtEvidence();
  if (cleared.kind === 'cleared') return `the measurements of ${plural(cleared.executions, 'execution')} were cleared`;
  if (cleared.kind === 'refused') fail(server, cleared.reason);
  return null;
}

async function confirms({ connection }: ServerContext, { project }: Folder): Promise<boolean> {
  const question = `Remove all that was measured of the calls in ${project.root}?`;
  const chosen = await connection.window.showWarningMessage(question, { title: CLEAR }, { title: 'Cancel' });
  return chosen?.title === CLEAR;
}

function fail({ log }: ServerContext, message: string): void {
  log.tell('error', `Querylens: ${message}`);
}

/** Absolute paths of what is named by path or URI. */
function filesOf(given: readonly unknown[]): readonly string[] {
  return given.flatMap((each) => (typeof each === 'string' && each !== '' ? [toPath(each) ?? each] : []));
}
