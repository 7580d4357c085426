import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { copyShop } from '../support/shopCopy.ts';
import { placeOf } from '../workbench/editor.ts';
import { until } from '../workbench/gestures.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { withWorkbench } from '../workbench/workbenchTest.ts';

const REVIEWS = 'src/services/reviews.ts';
const ORDERS = 'src/services/orders.ts';
const WISHES = 'src/services/wishes.ts';
const SCHEMA = 'prisma/schema.prisma';

describe('fixes', () => {
  const shop = copyShop();
  after(shop.remove);
  const test = withWorkbench(() => ({ workspace: shop.folder }));

  const save = async (bench: Workbench, path: string, has: RegExp): Promise<void> => {
    await bench.page.keyboard.press('Control+s');
    await until(`${has} in ${path}`, () => has.test(shop.read(path)));
  };

  test('code is changed by one key, the finding goes, and the file is saved', async (bench) => {
    const editor = await bench.open(REVIEWS);
    await editor.squiggles('warning').first().waitFor();
    const fix = await editor.fixes(placeOf('findMany', shop.read(REVIEWS)), 'Drop `user`');
    await bench.screenshot('fixes of code');
    await fix.click();
    await editor.squiggles('warning').first().waitFor({ state: 'detached' });
    await save(bench, REVIEWS, /include: \{ product: true \}/);
    assert.doesNotMatch(shop.read(REVIEWS), /user/);
  });

  test('an index is added to the schema in its own style', async (bench) => {
    const before = shop.read(SCHEMA);
    const editor = await bench.open(SCHEMA);
    const fix = await editor.fixes(placeOf('productId Int\n', before), 'Add `@@index([productId, createdAt])`');
    await bench.screenshot('fixes of the schema');
    await fix.click();
    await editor.squiggles('warning').first().waitFor({ state: 'detached' });
    await save(bench, SCHEMA, /@@index\(\[productId, createdAt\]\)/);
    const line = '  @@index([productId, createdAt])\n';
    assert.equal(shop.read(SCHEMA).replace(line, ''), before);
  });

  test('"Fix All" makes the safe changes and leaves the others to a person', async (bench) => {
    const before = shop.read(WISHES);
    shop.change(WISHES, (text) => `// querylens-ignore-next-line n-plus-one -- was a loop once\n${text}`);
    const editor = await bench.open(WISHES);
    await editor.squiggles('warning').first().waitFor();
    const gone = async () => !/querylens-ignore/.test(await editor.text());
    // Where TypeScript has one too by then, the editor asks which is meant.
    const ours = bench.page.locator('.action-widget .monaco-list-row', {
      hasText: 'Apply all safe fixes of Querylens',
    });
    for (let attempt = 0; attempt < 4 && !(await gone()); attempt++) {
      await bench.command('Fix All');
      const isGone = until('the comment is gone', gone, 8000).catch(() => undefined);
      await Promise.race([isGone, ours.click({ timeout: 8000 }).catch(() => isGone)]);
      await isGone;
    }
    assert.ok(await gone(), 'the comment is gone');
    await bench.page.keyboard.press('Control+s');
    await until(`${WISHES} as it was`, () => shop.read(WISHES) === before);
  });

  test('a finding is disabled for a line, with a reason', async (bench) => {
    const editor = await bench.open(ORDERS);
    await editor.squiggles('warning').first().waitFor();
    const entry = await editor.fixes(placeOf('findUniqueOrThrow', shop.read(ORDERS)), 'for this line, with a reason');
    await entry.click();
    await until('the comment', async () => /querylens-ignore-next-line n-plus-one -- /.test(await editor.text()));
    // The caret waits where the reason goes; without one nothing is disabled.
    await bench.page.keyboard.type('a hundred at most, once a night');
    await editor.squiggles('warning').first().waitFor({ state: 'detached' });
    await bench.screenshot('disabled');
    await save(bench, ORDERS, /querylens-ignore-next-line n-plus-one -- a hundred at most, once a night\n/);
  });
});
