import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createEdits } from '#cli/collecting/edits.ts';
import { indexProject } from '#cli/collecting/indexedProject.ts';
import { LOOP, projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';

test('edits are seen at the next look that is due', (context) => {
  const root = projectFolder(context, SMALL_PROJECT);
  let now = 0;
  const edits = createEdits(root, [], () => now);
  const look = (at: number) => {
    now = at;
    return edits.look();
  };
  assert.deepEqual(look(5000), []);
  writeFileSync(join(root, 'src/titles.ts'), `// moved\n${LOOP}`);
  mkdirSync(join(root, 'src/more'));
  writeFileSync(join(root, 'src/more/new.ts'), LOOP);
  assert.deepEqual(look(5500), [], 'one look was just before');
  assert.deepEqual(look(10_000), ['src/more/new.ts', 'src/titles.ts']);
  rmSync(join(root, 'src/more'), { recursive: true });
  assert.deepEqual(look(20_000), ['src/more/new.ts']);
  assert.deepEqual(look(30_000), []);
});

test('the index follows the code, and outlives a schema that is away', async (context) => {
  const root = projectFolder(context, SMALL_PROJECT);
  let now = 0;
  const around = { rules: [], cwd: root, log: () => undefined, onPhase: () => undefined };
  const project = await indexProject('.', around, () => now);
  const edited = () => {
    now += 10_000;
    return project.edited();
  };
  const place = (line: number) => ({ file: 'src/titles.ts', line, column: null });
  assert.deepEqual([project.index.places.at(place(6)).length, await edited()], [1, null]);
  writeFileSync(join(root, 'src/titles.ts'), `\n\n${LOOP}`);
  const index = await edited();
  assert.deepEqual([index?.places.at(place(6)).length, index?.places.at(place(8)).length], [0, 1]);
  rmSync(join(root, 'prisma'), { recursive: true });
  assert.equal(await edited(), null);
});
