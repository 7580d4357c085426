import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { open, querylens, shown, until } from './shop.ts';

const ORDERS = 'src/services/orders.ts';

describe('the server', () => {
  it('finds the same after a restart', async () => {
    const api = await querylens();
    await open(ORDERS);
    await until('the finding', () => shown(ORDERS).includes('n-plus-one 15'));
    const [ids, process] = [api.findings().map(({ finding }) => finding.id), serverProcess()];
    await vscode.commands.executeCommand('querylens.restart');
    await until('another process', () => serverProcess() !== null && serverProcess() !== process);
    await until('all findings', () => api.state().folders.every(({ status }) => status?.kind === 'ready'));
    assert.deepEqual(
      api.findings().map(({ finding }) => finding.id),
      ids,
    );
    await until('the finding', () => shown(ORDERS).includes('n-plus-one 15'));
  });

  it('comes back after a crash', async () => {
    const api = await querylens();
    const crashed = serverProcess();
    assert.ok(crashed !== null);
    process.kill(crashed, 'SIGKILL');
    await until('another process', () => serverProcess() !== null && serverProcess() !== crashed);
    await until('all findings', () => api.state().folders.every(({ status }) => status?.kind === 'ready'));
    await until('the finding', () => shown(ORDERS).includes('n-plus-one 15'));
  });

  it('answers commands', async () => {
    const api = await querylens();
    assert.match(
      String(await api.client?.sendRequest('workspace/executeCommand', { command: 'querylens.server.about' })),
      /^SQLite: 3\./m,
    );
  });
});

/** The child of this extension host that runs our server; null while there is none. */
function serverProcess(): number | null {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const child = lines
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .find((parts) => Number(parts?.[2]) === process.pid && parts?.[3]?.includes('dist/server.js'));
  return child ? Number(child[1]) : null;
}
