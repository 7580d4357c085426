import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { toUri } from '#lsp/uris.ts';
import { METHODS, type ReportFormat, type ReportResult, type ReportTextResult } from '#shared/protocol.ts';
import type { PerformanceReport } from '#shared/report.ts';
import { runCli } from '#test/cli/runCli.ts';
import { type LspClient, lspClient } from '#test/support/lspClient.ts';
import { ingested, logged, measuredProject } from '#test/support/measuredProject.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { ENABLED } from './measuredEditor.ts';

async function measured(context: TestContext): Promise<{ readonly client: LspClient; readonly folder: string }> {
  const folder = measuredProject(context);
  logged(folder, [12, 12, 12]);
  await ingested(folder);
  return { folder, client: await lspClient(context, { folders: [folder], settings: { current: ENABLED } }) };
}

function report(client: LspClient): Promise<(ReportResult & { readonly report: PerformanceReport }) | null> {
  return client.request(METHODS.report, { folder: client.uri('') });
}

async function text(client: LspClient, format: ReportFormat): Promise<string> {
  const result = await client.request<ReportTextResult | null>(METHODS.reportText, { format });
  return result?.text ?? '';
}

describe('the report of a folder', () => {
  test('is that of the command line', async (context) => {
    const { client, folder } = await measured(context);
    const { stdout } = await runCli(['report', '--format', 'json'], folder);
    const answer = await report(client);
    assert.deepEqual(answer?.report, JSON.parse(stdout));
    assert.equal(answer?.report.overview.executions, 3);
    assert.equal(answer?.root, toUri(folder));
  });

  test('follows what is counted meanwhile', async (context) => {
    const { client, folder } = await measured(context);
    await report(client);
    logged(folder, [30]);
    await ingested(folder);
    client.watched('changed', '.querylens/evidence.db-wal');
    await client.until('an answer', () => client.all(METHODS.findingsChanged).length > 1);
    assert.equal((await report(client))?.report.overview.executions, 4);
  });

  test('comes as a text for people, for programs and for a browser', async (context) => {
    const { client, folder } = await measured(context);
    const { stdout } = await runCli(['report'], folder);
    assert.equal(await text(client, 'markdown'), stdout);
    assert.equal(JSON.parse(await text(client, 'json')).overview.executions, 3);
    const page = await text(client, 'html');
    assert.match(page, /^<!doctype html>/);
    assert.ok(page.includes('/* report-page.js */') && page.includes('/* report-page.css */'));
  });

  test('is not there where there is no schema', async (context) => {
    const client = await lspClient(context, {
      folders: [projectFolder(context, { 'src/nothing.ts': 'export const nothing = 1;\n' })],
    });
    assert.equal(await report(client), null);
  });
});
