import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateProject, projectFolder } from '../../../bench/generateProject.ts';
import { reportHtml } from '../../../server/src/render/report/reportHtml.ts';
import { builtPage } from '../../support/reportPage.ts';
import { launchChromium } from '../host/chromium.ts';
import { reportOf } from '../support/reports.ts';
import { openWorkbench } from '../workbench/workbench.ts';

// How long a reader of a large report waits: for the page of 5,000 queries from disk, and in VS Code for the report of a large project.
// VS Code takes the package of the last `npm run test:e2e`.
const [QUERIES, FILES] = [5000, Number(process.argv[2] ?? 10_000)];

await fromDisk();
await inEditor();

async function fromDisk(): Promise<void> {
  const file = join(tmpdir(), 'querylens-bench-report.html');
  writeFileSync(file, reportHtml(JSON.stringify(reportOf(QUERIES)), await builtPage()));
  const browser = await launchChromium();
  const page = await browser.newPage();
  const opened = performance.now();
  await page.goto(pathToFileURL(file).href);
  await page.locator('#queries tbody tr').first().waitFor();
  say(`a page of ${QUERIES} queries from disk: to its first row`, opened);
  const sorted = performance.now();
  await page.locator('#queries').getByRole('button', { name: 'p95' }).click();
  await page.locator('#queries th[aria-sort=descending]', { hasText: 'p95' }).waitFor();
  say('sorted by another column', sorted);
  const searched = performance.now();
  await page.locator('#queries input').fill('part-13 service4');
  await page.locator('#queries .pager', { hasNotText: `of ${QUERIES.toLocaleString('en-US')}` }).waitFor();
  say('searched', searched);
  await browser.close();
  rmSync(file);
}

async function inEditor(): Promise<void> {
  const { folder, sites } = generateProject(projectFolder(FILES), FILES);
  process.env.QUERYLENS_VSIX ??= join(import.meta.dirname, '../out/querylens-linux-x64.vsix');
  const bench = await openWorkbench({ workspace: folder });
  try {
    const heading = bench.preview.getByRole('heading', { name: 'Performance report' });
    const rows = bench.preview.locator('#queries tbody tr').first();
    for (const turn of ['while the project is read', 'then', 'and again']) {
      const asked = performance.now();
      await bench.command('Querylens: Performance Report');
      await heading.waitFor({ timeout: 300_000 });
      await rows.waitFor();
      say(`VS Code, ${sites} queries in ${FILES} files, ${turn}: from typing the command to the first row`, asked);
      await bench.command('View: Close Editor');
    }
  } finally {
    await bench.close();
  }
}

function say(what: string, since: number): void {
  console.log(`${((performance.now() - since) / 1000).toFixed(2).padStart(7)} s  ${what}`);
}
