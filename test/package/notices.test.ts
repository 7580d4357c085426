import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT } from '#test/support/house/sources.ts';
import { noticesText } from '../../scripts/build/notices.ts';

test('the notices name each package with code in the bundle once, with its licence', () => {
  const files = ['node_modules/zod/v4/core/core.js', 'node_modules/zod/index.js', 'server/src/main.ts'];
  const inputs = Object.fromEntries(files.map((path) => [path, { bytesInOutput: 1 }]));
  const output = { bytes: 1, inputs, imports: [], exports: [] };
  const text = noticesText(ROOT, [{ inputs: {}, outputs: { 'dist/server.js': output } }]);
  const named = [...text.matchAll(/^-+\n(\S+) \S+, (.*)\n-+\n\n(?=.*\S)/gm)].map(
    ([, name, licence]) => `${name} ${licence}`,
  );
  assert.deepEqual(named, ['@prisma/prisma-schema-wasm Apache-2.0', '@ts-morph/common MIT', 'zod MIT']);
});
