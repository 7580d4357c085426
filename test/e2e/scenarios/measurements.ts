import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { copyShop } from '../support/shopCopy.ts';
import { logLateOrders } from '../support/shopLog.ts';
import { answerDialog } from '../workbench/fileDialog.ts';
import { act } from '../workbench/gestures.ts';
import { withWorkbench } from '../workbench/workbenchTest.ts';

const ORDERS = 'src/services/orders.ts';
const FIGURES = /p50 [\d.]+ ms · p95 [\d.]+ ms · [\d.k]+ calls\/h/;

describe('measurements', () => {
  const shop = copyShop();
  const log = join(shop.folder, 'queries.ndjson');
  after(shop.remove);
  mkdirSync(join(shop.folder, '.vscode'), { recursive: true });
  const theme = (name: string): void =>
    writeFileSync(join(shop.folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': name }));
  const test = withWorkbench(() => ({ workspace: shop.folder }));

  test('a log is ingested from the palette, and its figures stand above the call', async (bench) => {
    logLateOrders(log, 3000);
    const editor = await bench.open(ORDERS);
    await editor.lens(/N queries/).waitFor();
    await answerDialog(
      bench.page,
      'Querylens: Ingest Log…',
      log,
      bench.notification(/Querylens: (?:counting|[\d,]+ executions)/),
    );
    await bench.notification('3,000 executions counted').waitFor();
    await bench.screenshot('measurements ingested');
    await editor.lens(FIGURES).waitFor();
  });

  test('what is of no call is one click away', async (bench) => {
    await bench.page.locator('.notification-list-item .monaco-button', { hasText: 'Show Unmatched' }).click();
    await bench.page.locator('.tab.active', { hasText: 'Unmatched SQL' }).waitFor();
    await bench.screenshot('measurements unmatched');
    await bench.command('View: Close Editor');
  });

  for (const [name, setting] of [
    ['light', 'Default Light Modern'],
    ['dark', 'Default Dark Modern'],
  ] as const)
    test(`a hover shows how the times are spread, ${name}`, async (bench) => {
      theme(setting);
      await bench.page.locator(`.monaco-workbench.${name === 'light' ? 'vs' : 'vs-dark'}`).waitFor();
      const editor = await bench.open(ORDERS);
      await editor.lens(FIGURES).waitFor();
      const hover = await editor.hover('findMany', /Measured:/);
      assert.match(await hover.innerText(), FIGURES);
      await bench.screenshot(`measurements ${name}`);
      const end = hover.getByText(/calls\/h {2}/).first();
      await end.scrollIntoViewIfNeeded();
      await bench.screenshot(`measurements ${name} below`);
      await bench.page.keyboard.press('Escape');
    });

  test('a log is watched: what is appended shows, and a click stops it', async (bench) => {
    writeFileSync(join(shop.folder, 'querylens.config.json'), '{ "logs": ["*.ndjson"] }');
    const editor = await bench.open(ORDERS);
    await bench.command('Querylens: Start Watching Logs');
    const item = bench.statusBar(/^\s*1 log$/);
    await item.waitFor();
    const before = await editor.lens(FIGURES).innerText();
    await act(
      bench.page,
      async () => logLateOrders(log, 3000),
      editor.box.locator('.codelens-decoration a', { hasText: FIGURES }).filter({ hasNotText: before }).first(),
    );
    await bench.screenshot('measurements watched');
    await item.click();
    await item.waitFor({ state: 'hidden' });
  });

  test('the receiver says where it listens', async (bench) => {
    await bench.command('Querylens: Start Receiver');
    const item = bench.statusBar(/localhost:4318/);
    await item.waitFor();
    await bench.screenshot('measurements receiver');
    await bench.command('Querylens: Stop Receiver');
    await item.waitFor({ state: 'hidden' });
  });

  test('clearing is asked for, and takes the figures away', async (bench) => {
    const editor = await bench.open(ORDERS);
    await bench.command('Querylens: Clear Measurements…');
    const dialog = bench.page.locator('.monaco-dialog-box', { hasText: 'Clear all measurements' });
    await dialog.waitFor();
    await bench.screenshot('measurements clear');
    await dialog.locator('.monaco-button', { hasText: /^Clear$/ }).click();
    await editor.lens(FIGURES).waitFor({ state: 'hidden' });
  });
});
