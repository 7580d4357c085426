import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver/node';
import type { Rule } from '#rules/rule.ts';
import { METHODS } from '#shared/protocol.ts';
import { clientAbilities } from './clientAbilities.ts';
import type { Program } from './collectors/collector.ts';
import { registerCollectors } from './collectors/registerCollectors.ts';
import { registerCommands } from './commands.ts';
import { followDocuments } from './documentSync.ts';
import { createDocuments, openTexts } from './documents.ts';
import { createEvidenceGate } from './evidence/evidenceGate.ts';
import { FEATURES } from './features.ts';
import type { Folder } from './folder.ts';
import { createFolders } from './folders.ts';
import type { LiveFolder } from './liveFolder.ts';
import { createLogger } from './logger.ts';
import { createPulledDiagnostics } from './pulledDiagnostics.ts';
import { createPushedDiagnostics } from './pushedDiagnostics.ts';
import { runLogged, StaleWork } from './runSafe.ts';
import { givenFolders, serverCapabilities } from './serverCapabilities.ts';
import type { ServerContext } from './serverContext.ts';
import { createSettingsSync } from './settingsSync.ts';
import { createStatusLine } from './status.ts';
import { createFileWatch } from './watchedFiles.ts';

/** What the process around the server provides. */
export interface Runtime {
  readonly version: string;
  readonly rules: readonly Rule[];
  /** URI of a rule's page. */
  readonly pageOf: (rule: string) => string;
  /** The text of a file of the program that draws a report; throws where it is not there. */
  readonly readProgram: (name: string) => string;
  /** What counts beside the server. */
  readonly program: Program;
}

/** Serves a client until it says `exit`. */
export function startServer(connection: Connection, runtime: Runtime): void {
  connection.onInitialize((params) => initialize(connection, runtime, params));
  connection.listen();
}

function initialize(connection: Connection, runtime: Runtime, params: InitializeParams): InitializeResult {
  const client = clientAbilities(params);
  const log = createLogger(connection);
  const documents = createDocuments();
  const listeners: ((folder: Folder) => void)[] = [];
  const settings = createSettingsSync({ connection, client, log }, () => {
    for (const folder of folders.all()) folder.restate();
    collecting.allowanceChanged();
  });
  const evidence = createEvidenceGate(client, settings.current);
  const folders = createFolders(
    {
      rules: runtime.rules,
      encoding: client.positionEncoding,
      documents: () => openTexts(documents),
      editor: settings.current,
      evidence,
      events: { began: (folder) => status.began(folder), progressed, glimpsed, answered, failed, left },
    },
    log,
  );
  const server: ServerContext = {
    ...{ connection, client, log, documents },
    ...{ rules: runtime.rules, pageOf: runtime.pageOf, readProgram: runtime.readProgram },
    settings: settings.current,
    folderOf: folders.of,
    folders: folders.all,
    onAnswer: (listener) => void listeners.push(listener),
  };
  const status = createStatusLine(server);
  const watch = createFileWatch(server);
  for (const feature of FEATURES) feature.register(server);
  const collecting = registerCollectors(server, evidence, runtime.program);
  registerCommands(server, { folders: folders.all, version: runtime.version, collect: collecting.command });
  const channel = client.pullsDiagnostics ? createPulledDiagnostics(server) : createPushedDiagnostics(server);

  function progressed(folder: LiveFolder, done: number, total: number): void {
    status.progressed(folder, done, total);
  }
  function glimpsed(): void {
    void runLogged(log, 'showing a first look', () => channel.update());
  }
  function answered(folder: LiveFolder): void {
    void runLogged(log, 'showing an answer', () => {
      status.answered(folder);
      channel.update();
      watch.update();
      collecting.answered(folder);
      for (const listener of listeners) listener(folder);
    });
    for (const { kind, message } of folder.latest()?.problems ?? [])
      if (kind === 'rule') log.failure('running the rules', message);
  }
  function failed(folder: LiveFolder, error: unknown): void {
    if (error instanceof StaleWork) return;
    log.failure('analysing', error);
    const reason = error instanceof Error ? error.message : String(error);
    log.popup('analysing', `Querylens could not look at ${folder.project.root}: ${reason}`);
    status.failed(folder, reason);
  }
  function left(folder: LiveFolder): void {
    status.forget(folder.uri);
    collecting.left(folder.uri);
    channel.update();
  }

  connection.onNotification(METHODS.trusted, () => {
    evidence.trust();
    collecting.allowanceChanged();
  });
  followDocuments(server, folders);
  folders.change(givenFolders(params), []);
  connection.onInitialized(() =>
    runLogged(log, 'starting', async () => {
      await settings.start();
      watch.update();
      if (client.workspaceFolders)
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          folders.change(added, removed);
          for (const folder of folders.all()) if (!folder.latest()) folder.start();
          watch.update();
        });
      for (const folder of folders.all()) folder.start();
    }),
  );
  return { capabilities: serverCapabilities(client), serverInfo: { name: 'querylens', version: runtime.version } };
}
