import { globSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** Drives the workbench with the package at `vsix` through every scenario, or those whose names contain one of `chosen`; gives how many tests passed. */
export async function runScenarios(vsix: string, chosen: readonly string[]): Promise<number> {
  process.env.QUERYLENS_VSIX = vsix;
  const files = globSync(join(import.meta.dirname, 'scenarios/*.ts')).sort();
  const wanted = files.filter((file) => chosen.length === 0 || chosen.some((name) => file.includes(name)));
  // One at a time: each is a server, a browser and an extension host.
  const events = run({ files: wanted, concurrency: 1, timeout: 10 * 60_000 });
  const counts = { passed: 0, failed: 0 };
  events.on('test:pass', ({ details }) => {
    if (details.type !== 'suite') counts.passed++;
  });
  events.on('test:fail', () => counts.failed++);
  events.compose(spec).pipe(process.stdout);
  await new Promise((resolve) => events.once('end', resolve));
  if (counts.failed > 0 || counts.passed === 0)
    throw new Error(`${counts.failed} failed, ${counts.passed} passed; pictures are in test/e2e/screenshots`);
  return counts.passed;
}
