import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { logLateOrders } from '../support/shopLog.ts';
import { open, querylens, shopFile, until } from './shop.ts';

const ORDERS = 'src/services/orders.ts';
const LOG = 'queries.ndjson';

describe('measurements', () => {
  before(() => logLateOrders(shopFile(LOG).fsPath, 100));
  after(() => {
    for (const path of [LOG, '.querylens']) rmSync(shopFile(path).fsPath, { recursive: true, force: true });
  });

  it('of a log stand above the call', async () => {
    const api = await querylens();
    await open(ORDERS);
    await vscode.commands.executeCommand('querylens.ingestLog', shopFile(LOG));
    const [folder] = api.state().folders;
    await until('that there are measurements', () => api.state().folders[0]?.evidence?.measured === true);
    assert.equal(folder?.evidence?.allowed, true);
    await lensBecomes(/^p50 [\d.]+ ms · p95/);
  });

  it('of a watched log come as they are written, and the process ends with the watching', async () => {
    const api = await querylens();
    const figures = await lensBecomes(/calls?\/(?:h|day)/);
    await vscode.commands.executeCommand('querylens.startWatching', [shopFile(LOG)]);
    await until('what is watched', () => api.state().folders[0]?.evidence?.watching?.includes(LOG) ?? false);
    logLateOrders(shopFile(LOG).fsPath, 5000);
    await lensBecomes(/calls?\/(?:h|day)/, (title) => title !== figures);
    await vscode.commands.executeCommand('querylens.stopWatching');
    await until('the end of watching', () => api.state().folders[0]?.evidence?.watching === null);
    await until('the end of the process', () => !processes().some((args) => args.includes(' watch ')));
  });

  it('are received at a port of this machine', async () => {
    const api = await querylens();
    const settings = vscode.workspace.getConfiguration('querylens');
    await settings.update('receiver.port', 0, vscode.ConfigurationTarget.Global);
    await until('the setting', () => vscode.workspace.getConfiguration('querylens').get('receiver.port') === 0);
    await vscode.commands.executeCommand('querylens.startReceiver');
    const url = await until('an address', () => api.state().folders[0]?.evidence?.receiver ?? null);
    assert.match(url, /^http:\/\/localhost:\d+/);
    await vscode.commands.executeCommand('querylens.stopReceiver');
    await until('the end of receiving', () => api.state().folders[0]?.evidence?.receiver === null);
    await settings.update('receiver.port', undefined, vscode.ConfigurationTarget.Global);
  });
});

/** Waits for a lens of the file to be as expected, and gives its title. */
async function lensBecomes(expected: RegExp, also: (title: string) => boolean = () => true): Promise<string> {
  let titles: readonly string[] = [];
  for (let turn = 0; turn < 100; turn++) {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      shopFile(ORDERS),
    );
    titles = lenses.flatMap(({ command }) => (command ? [command.title] : []));
    const title = titles.find((each) => expected.test(each) && also(each));
    if (title !== undefined) return title;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no lens like ${expected}: ${titles.join(', ')}`);
}

function processes(): readonly string[] {
  return execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((args) => args.includes('--json') && args.includes(shopFile(LOG).fsPath));
}
