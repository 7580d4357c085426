import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { COMMANDS } from '../commandIds.ts';
import { showIfRulePage } from '../pages/rulePages.ts';
import { type ServerPhase, withServer } from '../state/projectState.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { crashPolicy } from './crashPolicy.ts';
import { listen } from './listen.ts';
import { serverModule } from './serverModule.ts';

/** The running server, from the first start to the window's end, through crashes and restarts. */
export interface Session {
  /** Null while nothing can be asked. */
  client(): LanguageClient | null;
  /** The client once a start that is under way has ended; null where it failed. */
  started(): Promise<LanguageClient | null>;
  /** Starts, or starts anew, unless a setting switched it off; what can go wrong is in the state and never thrown. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const MISSING = 'dist/server.js is missing from the extension. Install the extension again.';
const GIVEN_UP = 'The server stopped by itself five times in three minutes and is not started again.';
const STARTED_AGAIN = 'Querylens stopped by itself and is started again.';

/** A session that keeps `store` true; nothing runs before the first `restart`. Each client lives once: a restart is a new one. */
export function createSession(extension: vscode.Uri, log: vscode.LogOutputChannel, store: ProjectStore): Session {
  const policy = crashPolicy();
  let current: LanguageClient | null = null;
  let launches = 0;

  async function launch(): Promise<void> {
    const turn = ++launches;
    setPhase({ kind: 'starting' });
    // Loaded here, because it is most of the extension's code and activation need not wait for it.
    const [module, { createLanguageClient }] = await Promise.all([
      serverModule(extension),
      import('./languageClient.ts'),
    ]);
    if (turn !== launches) return;
    if (module === null) return void complain(MISSING);
    const client = createLanguageClient(module, {
      extension,
      log,
      showPage: showIfRulePage,
      closed: () => died(client, 'the process ended'),
    });
    current = client;
    listen(client, store, log);
    await run(client);
  }

  async function run(client: LanguageClient): Promise<void> {
    const begun = performance.now();
    try {
      await client.start();
      if (current !== client) return;
      log.info(`the server answers after ${Math.round(performance.now() - begun)} ms`);
    } catch (error) {
      died(client, String(error));
    }
  }

  function died(client: LanguageClient, reason: string): void {
    if (current !== client) return;
    current = null;
    client.serverProcess?.kill();
    log.error(`the server stopped by itself: ${reason}`);
    if (!policy.crashed(Date.now())) return void complain(GIVEN_UP);
    vscode.window.setStatusBarMessage(STARTED_AGAIN, 8000);
    void launch();
  }

  async function complain(message: string): Promise<void> {
    setPhase({ kind: 'stopped', message });
    log.error(message);
    const choice = await vscode.window.showErrorMessage(`Querylens: ${message}`, 'Show Output', 'Restart');
    if (choice === 'Show Output') log.show();
    if (choice === 'Restart') await vscode.commands.executeCommand(COMMANDS.restart);
  }

  async function stop(): Promise<void> {
    launches++;
    const client = current;
    current = null;
    if (client !== null) await end(client, log);
  }

  function setPhase(server: ServerPhase): void {
    store.update((state) => withServer(state, server));
  }

  const client = (): LanguageClient | null => (current?.isRunning() ? current : null);
  return {
    client,
    started: async () => {
      await store.until(({ server }) => server.kind !== 'starting');
      return client();
    },
    restart: async () => {
      policy.forget();
      await stop();
      if (isOn()) await launch();
      else setPhase({ kind: 'off' });
    },
    stop,
  };
}

function isOn(): boolean {
  return vscode.workspace.getConfiguration('querylens').get('enable', true);
}

/** Politely where the server listens; a process that is still coming up cannot be asked to go. */
async function end(client: LanguageClient, log: vscode.LogOutputChannel): Promise<void> {
  const { serverProcess } = client;
  if (!client.isRunning()) serverProcess?.kill();
  else await client.dispose().catch((error: unknown) => log.warn('stopping the server failed', String(error)));
}
