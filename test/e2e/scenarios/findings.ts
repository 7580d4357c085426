import { after, before, describe, test } from 'node:test';
import { copyShop } from '../support/shopCopy.ts';
import { openWorkbench, type Workbench } from '../workbench/workbench.ts';

describe('findings', () => {
  const shop = copyShop();
  let bench: Workbench;
  before(async () => {
    bench = await openWorkbench({ workspace: shop.folder });
  });
  after(async () => {
    await bench?.close();
    shop.remove();
  });

  test('a squiggle appears where a query repeats', async () => {
    const editor = await bench.open('src/services/orders.ts');
    await editor
      .squiggles('warning')
      .first()
      .waitFor()
      .catch(() => undefined);
    await bench.screenshot('findings');
  });
});
