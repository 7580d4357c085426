import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { CONFIG_FILE } from '#analyzer/loadSettings.ts';
import type { Finding } from '#shared/finding.ts';
import type { DiagnosticData, FindingsResult } from '#shared/protocol.ts';
import { projectFiles } from '#test/support/exampleParts.ts';
import { lspClient, type Published } from '#test/support/lspClient.ts';
import { ingested, logged, measuredProject } from '#test/support/measuredProject.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { fixtureCases, ruleFolders } from '#test/support/ruleCases.ts';
import { runCli } from '../cli/runCli.ts';
import { ENABLED } from './measuredEditor.ts';

const SHOP = join(import.meta.dirname, '../../examples/shop');

/** Opens a folder in an editor and lints it on the command line: the same findings, at the same places, with the same identities. */
async function check(context: TestContext, folder: string, settings?: unknown): Promise<readonly Finding[]> {
  const { stdout } = await runCli(['lint', '--format', 'json'], folder);
  const linted = (JSON.parse(stdout) as { readonly findings: readonly Finding[] }).findings;
  const client = await lspClient(context, { folders: [folder], settings: { current: settings } });
  const { findings } = await client.request<FindingsResult>('querylens/findings');
  assert.deepEqual(
    findings.map(({ finding }) => essence(finding)),
    linted.map(essence),
  );
  const published = client.all<Published>('textDocument/publishDiagnostics');
  const shown = published.flatMap(({ uri, diagnostics }) =>
    diagnostics.map((each) => placeOf(client.uri(''), uri, each)),
  );
  assert.deepEqual(shown.sort(), linted.map(({ id, file, line, column }) => `${id} ${file}:${line}:${column}`).sort());
  return linted;
}

function essence({ id, rule, severity, proof, message, related, file, measurement, ...range }: Finding): unknown {
  const { line, column, endLine, endColumn } = range;
  return { id, rule, severity, proof, message, related, measurement, at: [file, line, column, endLine, endColumn] };
}

function placeOf(root: string, uri: string, { data, range }: Diagnostic): string {
  const { finding } = data as DiagnosticData;
  const file = decodeURIComponent(uri.slice(root.length + 1));
  return `${finding} ${file}:${range.start.line + 1}:${range.start.character + 1}`;
}

describe('the editor shows what the command line reports', () => {
  test('of the shop', async (context) => {
    const folder = projectFolder(context, {});
    cpSync(SHOP, folder, { recursive: true, filter: (path) => !/node_modules|\.querylens/.test(path) });
    await check(context, folder);
  });

  test('of a project with measurements', async (context) => {
    const folder = measuredProject(context);
    logged(folder, Array(500).fill(800));
    await ingested(folder);
    const found = await check(context, folder, ENABLED);
    assert.deepEqual(
      found.map(({ rule, proof, measurement }) => [rule, proof, measurement?.calls]),
      [['n-plus-one', 'observed', 500]],
    );
  });

  for (const rule of ruleFolders()) {
    test(`of the fixtures of ${rule}`, async (context) => {
      const files = fixtureCases(rule).flatMap(({ parts }, index) =>
        Object.entries(projectFiles(parts))
          .filter(([path]) => path !== CONFIG_FILE)
          .map(([path, text]) => [`case${index}/${path}`, text] as const),
      );
      await check(
        context,
        projectFolder(context, { ...Object.fromEntries(files), [CONFIG_FILE]: '{ "extends": "all" }' }),
      );
    });
  }
});
