import { after, before, test } from 'node:test';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

/** Adds a test to the workbench of its `describe`; one that fails leaves a picture. */
export type WorkbenchTest = (name: string, run: (bench: Workbench) => Promise<void>) => void;

/** One workbench for all tests of a `describe`, opened before the first and closed after the last. */
export function withWorkbench(options: () => WorkbenchOptions): WorkbenchTest {
  let bench: Workbench | null = null;
  before(async () => {
    bench = await openWorkbench(options());
  });
  after(() => bench?.close());
  return (name, run) => {
    test(name, async () => {
      if (bench === null) throw new Error('the workbench did not open');
      try {
        await run(bench);
      } catch (error) {
        await bench.screenshot(`failed ${name}`);
        throw error;
      }
    });
  };
}
