import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { copyShop } from '../support/shopCopy.ts';
import { act } from '../workbench/gestures.ts';
import { withWorkbench } from '../workbench/workbenchTest.ts';

const ORDERS = 'src/services/orders.ts';
const LOOKUP = 'findUniqueOrThrow';

describe('findings', () => {
  const shop = copyShop();
  after(shop.remove);
  const test = withWorkbench(() => ({ workspace: shop.folder }));

  test('a squiggle appears under a repeated query, and the status bar counts', async (bench) => {
    const editor = await bench.open(ORDERS);
    await editor.squiggles('warning').first().waitFor();
    await bench.statusBar(/Querylens \d+/).waitFor();
    await bench.screenshot('finding');
  });

  test('a hover says what the query does and what is wrong with it', async (bench) => {
    const editor = await bench.open(ORDERS);
    const hover = await editor.hover(LOOKUP, /Reads one User by its key/);
    assert.match(await hover.innerText(), /Warning: n-plus-one/);
    await bench.page
      .locator('.monaco-hover:visible', { hasText: /once per element of/ })
      .first()
      .waitFor();
    await bench.screenshot('hover');
    await bench.page.keyboard.press('Escape');
  });

  test('a lens counts the queries of a loop', async (bench) => {
    const editor = await bench.open(ORDERS);
    await editor.lens(/N queries/).waitFor();
  });

  test('typing clears a finding, before anything is saved', async (bench) => {
    const editor = await bench.open(ORDERS);
    await editor.squiggles('warning').first().waitFor();
    await act(bench.page, () => editor.token(LOOKUP).dblclick(), editor.box.locator('.selected-text').first());
    await bench.page.keyboard.type('notOurs');
    await editor.squiggles('warning').first().waitFor({ state: 'detached' });
    assert.match(shop.read(ORDERS), /findUniqueOrThrow/);
    await bench.command('File: Revert File');
    await editor.squiggles('warning').first().waitFor();
  });

  test('a schema edited elsewhere changes what is said about code', async (bench) => {
    const editor = await bench.open(ORDERS);
    await editor.squiggles('warning').first().waitFor();
    shop.change('prisma/schema.prisma', (text) => text.replaceAll(/\bUser\b/g, 'Customer'));
    await editor.squiggles('warning').first().waitFor({ state: 'detached' });
    shop.change('prisma/schema.prisma', (text) => text.replaceAll(/\bCustomer\b/g, 'User'));
    await editor.squiggles('warning').first().waitFor();
  });

  test('the view lists all of them and leads to their places', async (bench) => {
    await bench.command('View: Show Querylens');
    const row = bench.page.locator('.pane-body .monaco-list-row', { hasText: 'Review.findMany also reads' });
    await act(bench.page, () => row.click(), bench.page.locator('.tab.active', { hasText: 'reviews.ts' }));
    await bench.screenshot('view');
  });

  test('the view groups by rule and by route', async (bench) => {
    const groups = bench.page.locator('.pane-body .monaco-list-row[aria-level="1"]');
    await bench.command('Querylens: Group by Rule');
    await groups.filter({ hasText: 'unbounded-query' }).waitFor();
    await bench.command('Querylens: Group by Route');
    // Those further down are drawn when they are scrolled to.
    await groups.filter({ hasText: 'GET /staff/orders/customers' }).waitFor();
    await bench.screenshot('view by route');
    await bench.command('Querylens: Group by Proof');
    await groups.filter({ hasText: 'Code and schema' }).waitFor();
  });

  test('the versions name SQLite as it loads from the package', async (bench) => {
    await bench.command('Querylens: Show Versions');
    await bench.notification(/SQLite: 3\.\d+/).waitFor();
    await bench.command('Notifications: Clear All Notifications');
  });

  test('activation takes a moment', async (bench) => {
    await bench.command('Developer: Show Running Extensions');
    const row = bench.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Querylens' });
    const [, ms] = /Activation: (\d+)ms/.exec(await row.innerText()) ?? [];
    assert.ok(ms !== undefined);
    console.log(`activation: ${ms} ms`);
  });
});
