import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { measureShop, querylens } from '../support/measureShop.ts';
import { picture } from '../support/pictures.ts';
import { copyShop } from '../support/shopCopy.ts';
import { placeOf } from '../workbench/editor.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { withWorkbench } from '../workbench/workbenchTest.ts';

const ORDERS = 'src/services/orders.ts';
const REVIEWS = 'src/services/reviews.ts';
const STOCK = 'src/services/reservations.ts';
/** Small enough for its letters to be read on a page. */
const SIZE = { width: 1180, height: 720 };
const SETTINGS = {
  ...{ 'editor.minimap.enabled': false, 'workbench.activityBar.location': 'hidden', 'window.commandCenter': false },
  ...{
    'editor.hover.above': false,
    'breadcrumbs.enabled': false,
    'editor.fontSize': 14,
    'workbench.layoutControl.enabled': false,
  },
};

/** What a change brings: a product asked for in each turn of a loop. And what it mends: rows that were read to be counted. */
const CHANGES: readonly (readonly [file: string, from: RegExp, to: string])[] = [
  ['src/services/wishes.ts', /product\.findUnique/, 'product.findFirst'],
  [
    'src/services/parcels.ts',
    /const packed[\s\S]*?packed\.length \}/,
    "return { parcels: await prisma.order.count({ where: { status: 'PACKED' } }) }",
  ],
];

// The pictures of README and docs: the example shop, measured while it ran, in VS Code.
describe('pictures', () => {
  const shop = copyShop();
  after(shop.remove);
  mkdirSync(join(shop.folder, '.vscode'), { recursive: true });
  const theme = (name: string): void =>
    writeFileSync(
      join(shop.folder, '.vscode/settings.json'),
      JSON.stringify({ ...SETTINGS, 'workbench.colorTheme': `Default ${name} Modern` }),
    );
  before(async () => {
    theme('Dark');
    await measureShop(shop.folder);
  });
  const test = withWorkbench(() => ({ workspace: shop.folder }));

  test('a finding with what was measured of its call', async (bench) => {
    await bench.page.setViewportSize(SIZE);
    const editor = await bench.open(ORDERS);
    await bench.command('View: Close Primary Side Bar');
    await editor.lens(/p95/).waitFor();
    await editor.squiggles('warning').first().waitFor();
    await editor.hover('findUniqueOrThrow', /Measured:/);
    await picture(bench.page, 'editor');
    await bench.page.keyboard.press('Escape');
  });

  test('what was measured of a call', async (bench) => {
    const editor = await bench.open(STOCK);
    await editor.lens(/p95/).waitFor();
    await editor.hover('aggregate', /Measured:/);
    await picture(bench.page, 'measured');
    await bench.page.keyboard.press('Escape');
  });

  test('a fix', async (bench) => {
    const editor = await bench.open(REVIEWS);
    await editor.fixes(placeOf('findMany', shop.read(REVIEWS)), 'Drop `user`');
    await picture(bench.page, 'fix');
    await bench.page.keyboard.press('Escape');
  });

  test('the list of findings', async (bench) => {
    await bench.command('View: Show Querylens');
    await bench.page.locator('.pane-body .monaco-list-row', { hasText: 'orders.ts' }).first().waitFor();
    await picture(bench.page, 'view');
    await bench.command('View: Close Primary Side Bar');
  });

  test('the SQL of a call', async (bench) => {
    const editor = await bench.open(REVIEWS);
    await editor.goTo(placeOf('findMany', shop.read(REVIEWS)));
    await bench.command('Querylens: Show SQL');
    await bench.page.locator('.tab.active', { hasText: '.sql' }).waitFor();
    await picture(bench.page, 'sql');
    await bench.command('View: Close All Editors');
  });

  test('the report', async (bench) => {
    theme('Light');
    await bench.page.locator('.monaco-workbench.vs').waitFor();
    await bench.command('Querylens: Performance Report');
    await bench.preview.getByText('Where the time goes').waitFor();
    await picture(bench.page, 'report');
    for (const part of ['routes', 'indexes', 'queries']) await partPicture(bench, part);
    await bench.command('View: Close All Editors');
  });

  test('what a change does, as a comment', async (bench) => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: shop.folder });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('-c', 'user.name=Shop', '-c', 'user.email=shop@localhost', 'commit', '-q', '-m', 'Open the shop');
    for (const [file, from, to] of CHANGES) shop.change(file, (text) => text.replace(from, to));
    writeFileSync(join(shop.folder, 'comment.md'), await querylens(shop.folder, ['diff', 'main']));
    await bench.open('comment.md');
    await bench.command('Markdown: Open Preview');
    await bench.preview.getByText('Querylens').first().waitFor();
    await picture(bench.preview, 'comment');
  });
});

/** A part of the report at the top of the window, with its first row opened where rows can be. */
async function partPicture({ page, preview }: Workbench, part: string): Promise<void> {
  const row = preview.locator(`#${part} .open`).first();
  if ((await row.count()) > 0) await row.click();
  await preview.locator(`#${part}`).evaluate((element) => element.scrollIntoView({ behavior: 'instant' }));
  await picture(page, `report-${part}`);
}
