import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { generateProject, projectFolder } from './generateProject.ts';
import { startLanguageServer } from './languageServer.ts';
import { measure } from './measure.ts';
import { processorTime } from './tsserver.ts';

// The language server on a tree, from the start of its process, beside one cold lint of the same tree.
const cli = join(import.meta.dirname, '../dist/cli.js');
const IDLE_MS = 5000;
const PATIENCE_MS = 120_000;

if (!existsSync(cli)) throw new Error('dist/cli.js is missing: npm run build');
for (const path of process.argv.length > 2
  ? process.argv.slice(2)
  : [generateProject(projectFolder(4000), 4000).folder])
  await bench(resolve(path));

async function bench(root: string): Promise<void> {
  const lint = measure([cli, 'lint', '--format', 'json', '.'], root);
  const file = fileWithMostFindings(lint.stdout);
  const uri = String(pathToFileURL(join(root, file)));
  const server = startLanguageServer([cli, 'lsp', '--stdio'], root);
  const first = server.until(
    ({ method, params }) =>
      method === 'textDocument/publishDiagnostics' && params?.uri === uri && isFilled(params.diagnostics),
    PATIENCE_MS,
  );
  const all = server.until(
    ({ method, params }) => method === 'querylens/status' && JSON.stringify(params).includes('"kind":"ready"'),
    PATIENCE_MS,
  );
  const initialized = server.until(({ id, method }) => id === 1 && method === undefined, PATIENCE_MS);
  const folder = { uri: String(pathToFileURL(root)), name: 'bench' };
  server.request('initialize', {
    processId: process.pid,
    rootUri: folder.uri,
    workspaceFolders: [folder],
    capabilities: {},
  });
  await initialized;
  server.notify('initialized', {});
  const text = readFileSync(join(root, file), 'utf8');
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text } });
  const [firstMs, allMs] = [await first, await all];
  await sleep(1000);
  const before = processorTime(server.process);
  await sleep(IDLE_MS);
  const idle = before === null ? null : (processorTime(server.process) ?? before) - before;
  const megabytes = peakMegabytes(server.process.pid);
  server.process.kill();
  console.log(root);
  console.log(`  cold lint                        ${lint.seconds.toFixed(2)} s, ${lint.megabytes.toFixed(0)} MB`);
  console.log(`  first findings of an open file   ${seconds(firstMs)}`);
  console.log(`  whole workspace                  ${seconds(allMs)}`);
  console.log(
    `  peak memory                      ${megabytes} MB, ${(megabytes / lint.megabytes).toFixed(2)} of the lint's`,
  );
  console.log(`  idle for ${IDLE_MS / 1000} s                      ${idle?.toFixed(1) ?? '?'} ms of the processor\n`);
}

function fileWithMostFindings(stdout: string): string {
  const { findings }: { findings: readonly { readonly file: string }[] } = JSON.parse(stdout);
  const byFile = Map.groupBy(
    findings.filter(({ file }) => /\.[cm]?[jt]sx?$/.test(file)),
    ({ file }) => file,
  );
  const [most] = [...byFile].toSorted(([, a], [, b]) => b.length - a.length);
  if (!most) throw new Error('nothing was found, so there is nothing to wait for');
  return most[0];
}

function isFilled(diagnostics: unknown): boolean {
  return Array.isArray(diagnostics) && diagnostics.length > 0;
}

function seconds(ms: number | null): string {
  return ms === null ? 'did not come' : `${(ms / 1000).toFixed(2)} s`;
}

function peakMegabytes(pid: number | undefined): number {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  return Math.round(Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
