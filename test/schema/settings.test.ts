import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

function load(files: Readonly<Record<string, string>>): SchemaModel | undefined {
  const { schemas, problems } = loadSchemas(memoryWorkspace(files));
  assert.deepEqual(problems, []);
  return schemas[0];
}

const USER = 'model User {\n  id Int @id\n}\n';

test('reads provider, relation mode, features and client folders', () => {
  const schema = load({
    'packages/db/prisma/schema.prisma': [
      'datasource planet {',
      '  provider     = "mysql" // "postgresql"',
      '  relationMode = "prisma"',
      '}',
      'generator client {',
      '  provider        = "prisma-client"',
      '  output          = "../src/generated"',
      '  previewFeatures = ["relationJoins", "typedSql"]',
      '}',
      'generator zod {',
      '  provider = "prisma-zod"',
      '  output   = "../src/zod"',
      '}',
      'model User {',
      '  id   Int    @id',
      '  name String @planet.VarChar(191)',
      '}',
    ].join('\n'),
  });
  assert.equal(schema?.provider, 'mysql');
  assert.equal(schema?.relationMode, 'prisma');
  assert.deepEqual(schema?.previewFeatures, ['relationJoins', 'typedSql']);
  assert.deepEqual(schema?.clientOutputs, ['packages/db/src/generated']);
});

const datasources: readonly { says: string; text: string; provider: string | null; relationMode?: string }[] = [
  { says: 'version 7, without a url', text: 'provider = "postgresql"', provider: 'postgresql' },
  {
    says: 'versions 5 and 6, with urls',
    text: 'provider = "postgres"\n  url = env("A")\n  directUrl = env("B")\n  shadowDatabaseUrl = env("C")',
    provider: 'postgresql',
  },
  {
    says: 'version 4, with referentialIntegrity',
    text: 'provider = "mysql"\n  referentialIntegrity = "prisma"\n  url = env("A")',
    provider: 'mysql',
    relationMode: 'prisma',
  },
  {
    says: 'version 2, with a list of providers',
    text: 'provider = ["sqlite", "postgresql"]\n  url = "file:a.db"',
    provider: 'sqlite',
  },
  { says: 'a provider from the environment', text: 'provider = env("PROVIDER")\n  url = env("A")', provider: null },
];

for (const { says, text, provider, relationMode = 'foreignKeys' } of datasources) {
  test(`accepts a datasource of ${says}`, () => {
    const schema = load({ 'schema.prisma': `datasource db {\n  ${text}\n}\n${USER}` });
    assert.equal(schema?.provider, provider);
    assert.equal(schema?.relationMode, relationMode);
    assert.deepEqual([...(schema?.models.keys() ?? [])], ['User']);
  });
}

test('guesses the database by its types when no datasource names one', () => {
  const schema = load({ 'schema.prisma': 'model A {\n  id Int @id\n  flag Int @db.UnsignedTinyInt\n}\n' });
  assert.equal(schema?.provider, null);
  assert.equal(schema?.models.get('A')?.fields.size, 2);
});

test('accepts what only older versions wrote', () => {
  const schema = load({
    'schema.prisma': [
      'datasource db {\n  provider = "postgresql"\n  url = env("A")\n}',
      'generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["orderByRelation", "nApi"]\n  engineType = "binary"\n}',
      'model Post {\n  id Int @id\n  tags Tag[] @relation(references: [id])\n}',
      'model Tag {\n  id Int @id\n  posts Post[] @relation(references: [id])\n}',
      'view Total {\n  id Int @id\n  sum Int\n}',
      'view Pair {\n  a Int\n  b Int\n  @@id([a, b])\n}',
    ].join('\n'),
  });
  assert.deepEqual([...(schema?.models.keys() ?? [])], ['Post', 'Tag', 'Total', 'Pair']);
});

const ranges: readonly { files: Readonly<Record<string, string>>; major: number | null }[] = [
  { files: { 'db/package.json': '{"devDependencies":{"prisma":"^6.2.1"}}' }, major: 6 },
  { files: { 'db/package.json': '{"dependencies":{"@prisma/client":"~4.7.1"}}' }, major: 4 },
  { files: { 'db/package.json': '{"dependencies":{"@prisma/client":">=5.0.0 <6"}}' }, major: 5 },
  {
    files: { 'package.json': '{"dependencies":{"@prisma/client":"7.1.0"}}', 'db/package.json': '{"name":"db"}' },
    major: 7,
  },
  {
    files: {
      'db/package.json': '{"dependencies":{"prisma":"*"}}',
      'package.json': '{"dependencies":{"prisma":"5.1.0"}}',
    },
    major: 5,
  },
  {
    files: {
      'db/package.json': '{"dependencies":{"prisma":"catalog:"}}',
      'pnpm-workspace.yaml': 'catalog:\n  react: ^18.0.0\n  prisma: ^6.16.0\n',
    },
    major: 6,
  },
  { files: { 'db/package.json': 'not json' }, major: null },
  { files: { 'web/package.json': '{"dependencies":{"@prisma/client":"5.4.1"}}' }, major: 5 },
];

for (const { files, major } of ranges) {
  test(`takes major version ${major} from ${JSON.stringify(files)}`, () => {
    assert.equal(load({ ...files, 'db/schema.prisma': USER })?.prismaMajor, major);
  });
}

test('names delegates as the client does', () => {
  const names = ['User', 'OrderItem', 'APIKey', 'user_log', 'URL'];
  const schema = load({ 'schema.prisma': names.map((name) => `model ${name} {\n  id Int @id\n}\n`).join('') });
  assert.deepEqual(
    [...(schema?.delegates ?? [])],
    [
      ['user', 'User'],
      ['orderItem', 'OrderItem'],
      ['aPIKey', 'APIKey'],
      ['user_log', 'user_log'],
      ['uRL', 'URL'],
    ],
  );
});
