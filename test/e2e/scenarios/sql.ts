import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { copyShop } from '../support/shopCopy.ts';
import { placeOf } from '../workbench/editor.ts';
import { withWorkbench } from '../workbench/workbenchTest.ts';

const REVIEWS = 'src/services/reviews.ts';
const ORDERS = 'src/services/orders.ts';

describe('the SQL of a call', () => {
  const shop = copyShop();
  after(shop.remove);
  const test = withWorkbench(() => ({ workspace: shop.folder }));

  test('stands in its hover, highlighted', async (bench) => {
    const editor = await bench.open(ORDERS);
    const hover = await editor.hover('findMany', /Sends 1 SQL statement\./);
    const keyword = hover.locator('.monaco-tokenized-source span', { hasText: /^WHERE$/ }).first();
    const name = hover.locator('.monaco-tokenized-source span', { hasText: 'createdAt' }).first();
    assert.notEqual(await keyword.getAttribute('class'), await name.getAttribute('class'));
    assert.match(await hover.innerText(), /At most 100 rows of Order\./);
    await bench.screenshot('sql hover');
    await bench.page.keyboard.press('Escape');
  });

  test('of several statements is counted above the call, and one click opens it', async (bench) => {
    const editor = await bench.open(REVIEWS);
    await editor.hover('findMany', /Sends 3 SQL statements\./);
    await bench.screenshot('sql hover with relations');
    await bench.page.keyboard.press('Escape');
    await editor.lens('3 queries').waitFor();
    await editor.lens(/^2 queries$/).click();
    const page = bench.page.locator('.tab.active', { hasText: 'Review.findMany.sql' });
    await page.waitFor();
    await bench.screenshot('sql page');
    await bench.command('View: Close Editor');
  });

  test('is copied from its hover', async (bench) => {
    await bench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const editor = await bench.open(ORDERS);
    const hover = await editor.hover('findUniqueOrThrow', /Sends 1 SQL statement\./);
    await bench.screenshot('sql hover with a finding');
    await hover.locator('a', { hasText: 'Copy' }).first().click();
    await bench.statusBar(/copied 1 SQL statement of User\.findUniqueOrThrow/).waitFor();
    await bench.page.keyboard.press('Escape');
  });

  test('is copied from the palette and the menu of the editor', async (bench) => {
    await bench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = (): Promise<string> => bench.page.evaluate('navigator.clipboard.readText()');
    const editor = await bench.open(ORDERS);
    await editor.goTo(placeOf('order.userId', shop.read(ORDERS)));
    await bench.command('Querylens: Copy SQL');
    await bench.statusBar(/copied 1 SQL statement of User\.findUniqueOrThrow/).waitFor();
    assert.match(await clipboard(), /^SELECT `main`\.`User`\.`id`, .*LIMIT \? OFFSET \?$/);

    await editor.token('findMany').click({ button: 'right' });
    const entry = bench.page.locator('.monaco-menu .action-item', { hasText: 'Copy SQL' });
    await entry.waitFor();
    await bench.screenshot('sql menu');
    await entry.click();
    await bench.statusBar(/copied 1 SQL statement of Order\.findMany/).waitFor();
    assert.match(await clipboard(), /^SELECT `main`\.`Order`/);
  });

  test('is not offered where there is none', async (bench) => {
    const editor = await bench.open(ORDERS);
    await editor.goTo({ line: 1, column: 1 });
    await bench.command('Querylens: Copy SQL');
    await bench.notification('There is no Prisma call at the cursor').waitFor();
    await bench.command('Notifications: Clear All Notifications');
  });
});
