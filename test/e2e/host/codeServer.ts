import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../support/freePort.ts';
import { codeServerFolder } from './installCodeServer.ts';
import { createProfile, type Profile } from './profile.ts';

export interface CodeServerOptions {
  /** A packaged extension to install first. */
  readonly vsix?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Laid over the environment; the extension host inherits it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ask whether a workspace is to be trusted, as on a person's machine; without it all are. */
  readonly workspaceTrust?: boolean;
  /** Lets the page name an extension under development and its tests; hides notifications. */
  readonly testDriver?: boolean;
}

/** A running VS Code server on a loopback port. */
export interface CodeServer {
  readonly port: number;
  readonly url: string;
  /** The last of what it wrote. */
  log(): string;
  /** Ends it with everything it started, and removes its profile. */
  stop(): Promise<void>;
}

const HEALTHY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 5_000;

/** Starts VS Code's server with a profile of its own; throws with its log where it does not come up. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const profile = createProfile(options.settings ?? {});
  const env = { ...profile.env, ...options.env };
  if (options.vsix !== undefined) installExtension(options.vsix, profile);
  const port = await freePort();
  const child = spawnServer(port, profile, env, options);
  const url = `http://127.0.0.1:${port}`;
  const log = () => logTail(profile);
  const stop = async () => {
    await endGroup(child);
    profile.remove();
  };
  const healthy = await becomesHealthy(url, child);
  if (healthy) return { port, url, log, stop };
  const said = log();
  await stop();
  throw new Error(`code-server did not start\n${said}`);
}

function spawnServer(port: number, profile: Profile, env: NodeJS.ProcessEnv, options: CodeServerOptions): ChildProcess {
  const log = openSync(profile.log, 'a');
  const args = [
    ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check'],
    ...['--disable-getting-started-override', '--disable-proxy', '--ignore-last-opened'],
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  // A process group of its own, so that stopping it ends the extension host and the language server too.
  const child = spawn(process.execPath, [entry(), ...profile.args, ...args], {
    env,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  endWithThisProcess(child);
  return child;
}

function installExtension(vsix: string, profile: Profile): void {
  const args = [entry(), ...profile.args, '--install-extension', vsix];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: profile.env, encoding: 'utf8' });
  if (status !== 0 || !/successfully installed/.test(stdout))
    throw new Error(`cannot install ${vsix}\n${stdout}${stderr}`);
}

async function becomesHealthy(url: string, child: ChildProcess): Promise<boolean> {
  for (const end = Date.now() + HEALTHY_WITHIN_MS; Date.now() < end && child.exitCode === null; await sleep(50)) {
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer?.ok) return true;
  }
  return false;
}

async function endGroup(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const running = signal(child, 'SIGTERM') && child.exitCode === null;
  if (running) await Promise.race([ended, sleep(STOP_WITHIN_MS, null, { ref: false })]);
  signal(child, 'SIGKILL');
}

/** An interrupted run must not leave a server behind. */
function endWithThisProcess(child: ChildProcess): void {
  const end = () => signal(child, 'SIGTERM');
  process.once('exit', end);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => process.exit(130));
  child.once('exit', () => process.off('exit', end));
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): boolean {
  try {
    return pid !== undefined && process.kill(-pid, name);
  } catch {
    return false;
  }
}

function logTail({ log }: Profile): string {
  return existsSync(log) ? readFileSync(log, 'utf8').slice(-4000) : '';
}

function entry(): string {
  return join(codeServerFolder(), 'out/node/entry.js');
}
