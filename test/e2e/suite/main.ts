import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What became of one test, as the runner outside reads it. */
interface Outcome {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
}

/** Called by the extension host: runs the suite and throws unless all passed. Leaves the outcomes at `$E2E_RESULTS`, so that an early end does not look like success. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, bail: false });
  const outcomes: Outcome[] = [];
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./activation.ts');
  await import('./diagnostics.ts');
  await import('./codeActions.ts');
  await import('./sql.ts');
  await import('./server.ts');
  await import('./measurements.ts');
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const note = (state: Outcome['state']) => (test: { fullTitle(): string }) =>
      outcomes.push({ title: test.fullTitle(), state });
    runner.on('pass', note('passed')).on('fail', note('failed')).on('pending', note('pending'));
  });
  writeFileSync(process.env.E2E_RESULTS ?? '', JSON.stringify(outcomes));
  if (failures > 0) throw new Error(`${failures} failed`);
}
