import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe } from 'node:test';
import type { Locator } from 'playwright-core';
import { copyShop } from '../support/shopCopy.ts';
import { logLateOrders } from '../support/shopLog.ts';
import { answerDialog } from '../workbench/fileDialog.ts';
import { act } from '../workbench/gestures.ts';
import { withWorkbench } from '../workbench/workbenchTest.ts';

const CLI = join(import.meta.dirname, '../../../server/src/cli/process.ts');

const THEMES = [
  { name: 'light', setting: 'Default Light Modern', mark: '.vs' },
  { name: 'dark', setting: 'Default Dark Modern', mark: '.vs-dark' },
  { name: 'high contrast', setting: 'Default High Contrast', mark: '.hc-black' },
];

describe('the performance report', () => {
  const shop = copyShop();
  after(shop.remove);
  const count = (executions: number): void => {
    logLateOrders(join(shop.folder, 'queries.ndjson'), executions);
    execFileSync(process.execPath, [CLI, 'ingest', 'queries.ndjson'], { cwd: shop.folder });
  };
  before(() => count(3000));
  mkdirSync(join(shop.folder, '.vscode'), { recursive: true });
  const theme = (name: string): void =>
    writeFileSync(join(shop.folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': name }));
  const test = withWorkbench(() => ({ workspace: shop.folder }));

  const executions = (preview: Locator): Locator => preview.locator('.figure', { hasText: 'executions' }).locator('dd');

  test('opens from the palette', async ({ command, preview }) => {
    await command('Querylens: Performance Report');
    await preview.getByRole('heading', { name: 'Performance report' }).waitFor();
    assert.equal(await executions(preview).innerText(), '2.9k');
  });

  test('opens a line beside it, in the file and at the call', async ({ page, preview }) => {
    const place = preview.locator('#queries .place', { hasText: 'orders.ts' }).first();
    const [, line] = (await place.innerText()).split(':');
    await act(page, () => place.click(), page.locator('.tab.active', { hasText: 'orders.ts' }));
    await page.locator('.statusbar-item', { hasText: new RegExp(`Ln ${line},`) }).waitFor();
    assert.equal(await page.locator('.editor-group-container').count(), 2);
  });

  test('follows what is counted, and keeps what was sorted and opened', async ({ preview }) => {
    const head = preview.locator('#queries th', { hasText: 'Place' });
    await head.getByRole('button').click();
    await preview.locator('#queries .open').first().click();
    const detail = preview.locator('#queries tr.more');
    await detail.waitFor();
    count(1000);
    await executions(preview).filter({ hasText: '3.8k' }).waitFor();
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    assert.equal(await detail.count(), 1);
  });

  for (const { name, setting, mark } of THEMES)
    test(`has the colours of the editor: ${name}`, async ({ page, preview, screenshot }) => {
      theme(setting);
      await page.locator(`.monaco-workbench${mark}`).waitFor();
      const ground = await page.locator('.monaco-editor-background').first().evaluate(BACKGROUND);
      await preview.locator('h1').waitFor();
      assert.equal(await preview.evaluate(BACKGROUND), ground);
      await screenshot(`report in the editor, ${name}`);
    });

  test('opens at the route whose lens was clicked', async ({ open, page, preview }) => {
    const editor = await open('src/routes/catalogue.ts');
    const lens = editor.lens(/^1 query$/);
    await lens.waitFor();
    const route = preview.locator('#routes tr.opened');
    await act(page, () => lens.click(), route);
    await route.filter({ hasText: 'GET /categories' }).waitFor();
    await preview.getByText('What one request asks, in order').waitFor();
  });

  test('is written into a file, which opens without an editor', async ({ notification, page }) => {
    const file = join(shop.folder, 'build report.html');
    const said = notification('the report is in');
    await answerDialog(page, 'Querylens: Export Performance Report…', file, said);
    // On a busy machine the dialog may take the name it began with, before it takes the one that was typed.
    const [, written = ''] = /the report is in (\S.*\.html)\./.exec(await said.innerText()) ?? [];
    assert.equal(dirname(written), shop.folder);
    assert.match(readFileSync(written, 'utf8'), /^<!doctype html>[\s\S]*id="report"/);
  });

  test('comes back with its window', async ({ command, page, preview }) => {
    await command('Querylens: Performance Report');
    const heading = preview.getByRole('heading', { name: 'Performance report' });
    await heading.waitFor();
    await page.reload({ waitUntil: 'commit' });
    // Which tab was in front is remembered a while later than that it is open.
    await act(page, () => page.locator('.tab', { hasText: 'Performance Report' }).click(), heading);
    assert.equal(await executions(preview).innerText(), '3.8k');
  });

  test('is copied as Markdown', async ({ command, page, statusBar }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await command('Querylens: Copy Performance Report as Markdown');
    await statusBar('the report is on the clipboard').waitFor();
    assert.match(await page.evaluate('navigator.clipboard.readText()'), /^# Performance report/);
  });
});

const BACKGROUND = 'element => getComputedStyle(element).backgroundColor';
