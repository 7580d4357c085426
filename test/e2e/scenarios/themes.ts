import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { copyShop } from '../support/shopCopy.ts';
import { withWorkbench } from '../workbench/workbenchTest.ts';

const THEMES = [
  { name: 'light', setting: 'Default Light Modern', mark: '.vs' },
  { name: 'dark', setting: 'Default Dark Modern', mark: '.vs-dark' },
  { name: 'high contrast', setting: 'Default High Contrast', mark: '.hc-black' },
  { name: 'high contrast light', setting: 'Default High Contrast Light', mark: '.hc-light' },
];

// What a person sees is looked at in the pictures; here only that all of it is there.
describe('themes', () => {
  const shop = copyShop();
  after(shop.remove);
  mkdirSync(join(shop.folder, '.vscode'));
  const choose = (theme: string): void =>
    writeFileSync(join(shop.folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
  const test = withWorkbench(() => ({ workspace: shop.folder, settings: { 'editor.wordWrap': 'on' } }));

  for (const { name, setting, mark } of THEMES)
    test(`${name}: squiggle, lens, hover and view`, async (bench) => {
      choose(setting);
      await bench.page.locator(`.monaco-workbench${mark}`).waitFor();
      await bench.command('View: Show Querylens');
      await bench.page.locator('.pane-body .monaco-list-row', { hasText: 'schema.prisma' }).waitFor();
      const editor = await bench.open('src/services/orders.ts');
      await editor.squiggles('warning').first().waitFor();
      await editor.lens(/N queries/).waitFor();
      await editor.hover('findUniqueOrThrow', /Reads one User by its key/);
      await bench.screenshot(`theme ${name}`);
      await bench.page.keyboard.press('Escape');
    });

  test('the pages and the walkthrough', async (bench) => {
    await bench.command('View: Toggle Primary Side Bar Visibility');
    await bench.command('Querylens: Open Findings Summary');
    await bench.preview.filter({ hasText: 'queries understood' }).waitFor();
    await bench.screenshot('page summary');
    await bench.command('Querylens: Show Coverage');
    await bench.preview.filter({ hasText: 'Coverage' }).waitFor();
    await bench.screenshot('page coverage');
    await bench.command('Querylens: Open Walkthrough');
    await bench.page.getByText('See what is slow').first().waitFor();
    await bench.preview.locator('svg').first().waitFor();
    await bench.screenshot('page walkthrough');
  });
});
