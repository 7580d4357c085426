import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { withWorkbench } from '../workbench/workbenchTest.ts';

const CODE = `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export async function names(ids: number[]) {
  const all = [];
  for (const id of ids) all.push(await prisma.user.findUnique({ where: { id } }));
  return all;
}
`;

describe('a workspace without a schema', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'querylens-bare-'));
  after(() => rmSync(workspace, { recursive: true }));
  mkdirSync(join(workspace, 'src'));
  writeFileSync(join(workspace, 'src/names.ts'), CODE);
  const test = withWorkbench(() => ({ workspace }));

  test('is left alone', async (bench) => {
    const editor = await bench.open('src/names.ts');
    await editor.token('prisma').waitFor();
    assert.equal(await bench.statusBar('Querylens').count(), 0);
    assert.equal(await editor.squiggles('warning').count(), 0);
  });

  test('says why it is silent where somebody asks, and starts once there is a schema', async (bench) => {
    await bench.command('Querylens: Show Coverage');
    await bench.preview.filter({ hasText: /no Prisma schema/i }).waitFor();
    await bench.statusBar('Querylens').waitFor();
    await bench.screenshot('no schema');
    mkdirSync(join(workspace, 'prisma'));
    writeFileSync(join(workspace, 'prisma/schema.prisma'), SCHEMA);
    const editor = await bench.open('src/names.ts');
    await editor.squiggles('warning').first().waitFor();
  });
});

const SCHEMA = `datasource db {
  provider = "postgresql"
}

model User {
  id   Int    @id
  name String
}
`;
