import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { copyShop } from '../support/shopCopy.ts';
import { withWorkbench } from '../workbench/workbenchTest.ts';

const ORDERS = 'src/services/orders.ts';

describe('two roots', () => {
  const [one, other] = [copyShop(), copyShop()];
  const folder = mkdtempSync(join(tmpdir(), 'querylens-roots-'));
  const workspace = join(folder, 'both.code-workspace');
  writeFileSync(
    workspace,
    JSON.stringify({
      folders: [
        { path: one.folder, name: 'one' },
        { path: other.folder, name: 'other' },
      ],
    }),
  );
  after(() => {
    one.remove();
    other.remove();
    rmSync(folder, { recursive: true });
  });
  const test = withWorkbench(() => ({ workspace }));

  test('each is checked against its own schema', async (bench) => {
    await bench.statusBar(/Querylens \d+/).waitFor();
    const theirs = await bench.open(ORDERS, other.folder);
    await theirs.squiggles('warning').first().waitFor();
    other.change('prisma/schema.prisma', (text) => text.replaceAll(/\bUser\b/g, 'Customer'));
    await theirs.squiggles('warning').first().waitFor({ state: 'detached' });
    const ours = await bench.open(ORDERS, one.folder);
    await ours.squiggles('warning').first().waitFor();
    await bench.screenshot('two roots');
  });
});
