import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { copyShop } from '../support/shopCopy.ts';
import { withWorkbench } from '../workbench/workbenchTest.ts';

describe('restricted mode', () => {
  const shop = copyShop();
  after(shop.remove);
  const test = withWorkbench(() => ({
    workspace: shop.folder,
    workspaceTrust: true,
    settings: { 'security.workspace.trust.enabled': true },
  }));

  test('finds the same in a workspace that is not trusted', async (bench) => {
    await bench.statusBar('Restricted Mode').waitFor();
    const editor = await bench.open('src/services/orders.ts');
    await editor.squiggles('warning').first().waitFor();
    await bench.statusBar(/Querylens \d+/).waitFor();
    await bench.screenshot('restricted mode');
  });

  test('shows no complaint', async (bench) => {
    assert.deepEqual(await bench.page.locator('.notification-list-item').allInnerTexts(), []);
  });
});
