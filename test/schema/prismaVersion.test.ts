import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const SCHEMA = 'datasource db {\n  provider = "sqlite"\n}\nmodel User {\n  id Int @id\n}\n';

function versionOf(files: Readonly<Record<string, string>>) {
  return loadSchemas(memoryWorkspace({ 'prisma/schema.prisma': SCHEMA, ...files })).schemas[0]?.prismaVersion ?? null;
}

function asks(range: string): Readonly<Record<string, string>> {
  return { 'package.json': JSON.stringify({ dependencies: { prisma: range } }) };
}

const RANGES = [
  { range: '7.4.1', version: { major: 7, minor: 4, exact: true } },
  { range: '~6.19.0', version: { major: 6, minor: 19, exact: true } },
  { range: '^7.0.1', version: { major: 7, minor: 0, exact: false } },
  { range: '7', version: { major: 7, minor: null, exact: false } },
  { range: 'latest', version: null },
];

for (const { range, version } of RANGES)
  test(`${range} is ${JSON.stringify(version)}`, () => assert.deepEqual(versionOf(asks(range)), version));

test('what is installed says more than a range', () => {
  const installed = { 'node_modules/@prisma/client/package.json': '{"version":"7.6.2"}' };
  assert.deepEqual(versionOf({ ...asks('^7.0.0'), ...installed }), { major: 7, minor: 6, exact: true });
  assert.deepEqual(versionOf({ ...asks('^6.1.0'), ...installed }), { major: 6, minor: 1, exact: false });
});
