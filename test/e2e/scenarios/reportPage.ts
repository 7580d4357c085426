import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { reportHtml } from '../../../server/src/render/report/reportHtml.ts';
import type { PerformanceReport } from '../../../shared/src/report.ts';
import { builtPage } from '../../support/reportPage.ts';
import { launchChromium } from '../host/chromium.ts';
import { reportOf } from '../support/reports.ts';

const PICTURES = join(import.meta.dirname, '../screenshots');
const MOST_BYTES = 1_500_000;

const THEMES: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'high contrast': { colorScheme: 'dark', contrast: 'more' },
  'forced colours': { forcedColors: 'active' },
  narrow: { colorScheme: 'light', viewport: { width: 420, height: 900 } },
};

// A report as a browser shows it from disk.
describe('the page of a report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-report-'));
  let browser: Browser | null = null;
  before(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Shows a report, and fails where the page asks for anything, breaks its policy, or throws. */
  async function show(
    name: string,
    report: PerformanceReport,
    look: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
    around = '',
  ): Promise<void> {
    assert.ok(browser);
    const file = join(folder, `${name}.html`);
    writeFileSync(file, reportHtml(JSON.stringify(report), await builtPage()));
    assert.ok(statSync(file).size <= MOST_BYTES, `${statSync(file).size} bytes`);
    const context = await browser.newContext(options);
    const complaints: string[] = [];
    await context.addInitScript(around);
    const page = await context.newPage();
    const address = pathToFileURL(file).href;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => request.url() !== address && complaints.push(request.url()));
    await page.goto(address);
    await page.getByRole('heading', { name: 'Performance report' }).waitFor();
    await look(page);
    await page.screenshot({ path: join(PICTURES, `report ${name}.png`) });
    await context.close();
    assert.deepEqual(complaints, []);
  }

  const queryRows = (page: Page) => page.locator('#queries tbody tr:not(.more)');
  const cells = (page: Page, column: number) => queryRows(page).locator(`td:nth-child(${column})`).allTextContents();

  for (const [theme, options] of Object.entries(THEMES))
    test(`draws all of it: ${theme}`, () =>
      show(
        theme,
        reportOf(30),
        async (page) => {
          for (const part of ['queries', 'routes', 'findings']) await page.locator(`#${part} .open`).first().click();
          await page.getByRole('img', { name: /executions by time/ }).waitFor();
          await page.getByText('What one request asks, in order').waitFor();
          assert.equal(await page.locator('#routes .flame li').count(), 3);
          assert.equal(await queryRows(page).count(), 30);
        },
        options,
      ));

  for (const [theme, options] of Object.entries(THEMES)) {
    test(`says what is not there where nothing is: ${theme}`, () =>
      show(
        `empty, ${theme}`,
        reportOf(0),
        async (page) => {
          await page.getByText('Nothing was measured yet').waitFor();
          await page.getByText('There are no queries').waitFor();
        },
        options,
      ));

    test(`draws the first of 5,000 queries: ${theme}`, () =>
      show(
        `5,000, ${theme}`,
        reportOf(5000),
        async (page) => assert.equal(await queryRows(page).count(), 100),
        options,
      ));
  }

  test('sorts and searches 5,000 queries by keyboard alone', () =>
    show('huge', reportOf(5000), async (page) => {
      assert.equal(await queryRows(page).count(), 100);
      await page.keyboard.press('Tab');
      assert.equal(await page.locator(':focus').textContent(), 'Skip to the queries');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.locator('#queries input:focus').waitFor();
      await page.keyboard.type('part-13 service4');
      const found = reportOf(5000).queries.filter(({ id, file }) => file.includes('part-13/') && id.startsWith('q4'));
      await page.locator('#queries .pager', { hasText: `${found.length} queries` }).waitFor();
      await page.locator('#queries').getByRole('button', { name: 'p95' }).focus();
      await page.keyboard.press('Enter');
      await page.locator('#queries th[aria-sort=descending]', { hasText: 'p95' }).waitFor();
      const slowest = found.toSorted((a, b) => (b.measurement?.p95Ms ?? -1) - (a.measurement?.p95Ms ?? -1))[0];
      assert.equal((await cells(page, 7))[0], `${slowest?.file}:${slowest?.line}`);
      await page.keyboard.press('Space');
      await page.locator('#queries th[aria-sort=ascending]', { hasText: 'p95' }).waitFor();
    }));

  for (const theme of ['light', 'dark', 'forced colours', 'narrow'])
    test(`draws how the whole went, with what was deployed: ${theme}`, () =>
      show(
        `over time, ${theme}`,
        reportOf(30),
        async (page) => {
          const section = page.locator('#periods');
          await section.scrollIntoViewIfNeeded();
          const drawn = section.getByRole('img', { name: /by hour \(UTC\): .* Deploys: v41 from .*, a1b2c3d4e5 from/ });
          assert.equal(await drawn.count(), 4);
          assert.equal(await drawn.locator('canvas').count(), 4);
          const deploys = section.getByRole('region', { name: 'Deploys' }).locator('tbody td:first-child');
          assert.deepEqual(await deploys.allTextContents(), ['a1b2c3d4e5', 'v41', 'not known']);
          await section.getByText('3 deploys').waitFor();
          await section.getByText('Hours as a table').click();
          await section.getByText('1–100 of 266 hours').waitFor();
          const changes = page.locator('#changes tbody td:nth-child(2)').first();
          assert.equal(await changes.textContent(), 'was 51 queries, 412 ms p95 → 2, 9 ms');
          await page.evaluate("document.querySelector('#periods').scrollIntoView()");
        },
        THEMES[theme],
      ));

  test('turns its pages', () =>
    show('turned', reportOf(250), async (page) => {
      await page.locator('#queries').getByRole('button', { name: 'Next' }).click();
      await page.getByText('101–200 of 250 queries').waitFor();
      await page.getByLabel('Measured').selectOption('not measured');
      await page.locator('#queries .pager', { hasText: '25 queries' }).waitFor();
    }));

  test('takes names for names', () => {
    const evil = '</script><script>window.broken = true</script><img src=x onerror="window.broken = true">.ts';
    const report = reportOf(3);
    const queries = report.queries.map((query) => ({ ...query, file: evil, name: evil, routes: [evil] }));
    return show('markup', { ...report, queries }, async (page) => {
      assert.ok((await cells(page, 7)).every((text) => text.startsWith(evil)));
      assert.equal(await page.evaluate('"broken" in window'), false);
      assert.equal(await page.locator('img').count(), 0);
    });
  });

  test('tells an editor around it which place to open', () =>
    show(
      'opened',
      reportOf(3),
      async (page) => {
        await page
          .locator('#queries')
          .getByRole('button', { name: /^Open packages/ })
          .first()
          .click();
        const { file, line, column } =
          reportOf(3).queries.toSorted((a, b) => (b.totalMs ?? 0) - (a.totalMs ?? 0))[0] ?? {};
        assert.deepEqual(await page.evaluate('told'), [{ kind: 'ready' }, { kind: 'open', file, line, column }]);
      },
      {},
      'globalThis.told = []; globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => told.push(message) });',
    ));

  test('copies places in a browser', () =>
    show(
      'copied',
      reportOf(3),
      async (page) => {
        const place = page.locator('#queries .place').first();
        const text = await place.textContent();
        await place.click();
        await page
          .getByRole('status')
          .filter({ hasText: `Copied ${text}` })
          .waitFor();
        assert.equal(await page.evaluate('navigator.clipboard.readText()'), text);
        await page.locator('#queries').getByRole('button', { name: 'Copy as Markdown' }).click();
        await page.getByRole('status').filter({ hasText: 'Copied 3 queries' }).waitFor();
        assert.match(await page.evaluate('navigator.clipboard.readText()'), /^## Queries\n\n\| Query \| Total time/);
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    ));
});
