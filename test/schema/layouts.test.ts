import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const DATASOURCE = 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n';
const model = (name: string, fields = '') => `model ${name} {\n  id Int @id\n${fields}}\n`;

interface Layout {
  readonly says: string;
  readonly files: Readonly<Record<string, string>>;
  readonly paths?: readonly string[];
  /** Schema path to its models. */
  readonly expect: Readonly<Record<string, readonly string[]>>;
}

const layouts: readonly Layout[] = [
  {
    says: 'a file at the root',
    files: { 'schema.prisma': DATASOURCE + model('User') },
    expect: { 'schema.prisma': ['User'] },
  },
  {
    says: 'the usual folder',
    files: { 'prisma/schema.prisma': DATASOURCE + model('User') },
    expect: { 'prisma/schema.prisma': ['User'] },
  },
  {
    says: 'a file of any name',
    files: { 'db/main.prisma': DATASOURCE + model('User') },
    expect: { 'db/main.prisma': ['User'] },
  },
  {
    says: 'a folder of files whose relations cross them',
    files: {
      'prisma/schema/base.prisma': DATASOURCE,
      'prisma/schema/user.prisma': model('User', '  posts Post[]\n'),
      'prisma/schema/blog/post.prisma': model(
        'Post',
        '  userId Int\n  user User @relation(fields: [userId], references: [id])\n',
      ),
    },
    expect: { 'prisma/schema': ['Post', 'User'] },
  },
  {
    says: 'models in a folder beside the datasource',
    files: {
      'prisma/schema.prisma': DATASOURCE,
      'prisma/models/user.prisma': model('User'),
      'prisma/models/post.prisma': model('Post'),
    },
    expect: { prisma: ['Post', 'User'] },
  },
  {
    says: 'datasource and models in neighbouring folders',
    files: { 'db/config/source.prisma': DATASOURCE, 'db/models/user.prisma': model('User') },
    expect: { db: ['User'] },
  },
  {
    says: 'two schemas in one folder, each with its datasource',
    files: { 'prisma/main.prisma': DATASOURCE + model('User'), 'prisma/logs.prisma': DATASOURCE + model('Entry') },
    expect: { 'prisma/logs.prisma': ['Entry'], 'prisma/main.prisma': ['User'] },
  },
  {
    says: 'several packages of a monorepo',
    files: {
      'packages/db/prisma/schema.prisma': DATASOURCE + model('User'),
      'services/mail/prisma/schema.prisma': DATASOURCE + model('Mail'),
    },
    expect: { 'packages/db/prisma/schema.prisma': ['User'], 'services/mail/prisma/schema.prisma': ['Mail'] },
  },
  {
    says: 'a folder named in package.json, without a datasource anywhere',
    files: {
      'package.json': '{"prisma":{"schema":"./src/data"}}',
      'src/data/a.prisma': model('User'),
      'src/data/deep/b.prisma': model('Post'),
    },
    expect: { 'src/data': ['Post', 'User'] },
  },
  {
    says: 'a file named in prisma.config.ts next to others that are not',
    files: {
      'apps/api/prisma.config.ts': "export default defineConfig({ schema: path.join('db', 'main.prisma') })",
      'apps/api/db/main.prisma': DATASOURCE + model('User'),
      'apps/api/db/old.prisma': DATASOURCE + model('Old'),
    },
    expect: { 'apps/api/db/main.prisma': ['User'], 'apps/api/db/old.prisma': ['Old'] },
  },
  {
    says: 'a config in .config',
    files: {
      '.config/prisma.mjs': "export default { schema: '../models' }",
      'models/a.prisma': DATASOURCE + model('A'),
      'models/b.prisma': model('B'),
    },
    expect: { models: ['A', 'B'] },
  },
  {
    says: 'a copy in the output of the client is left out',
    files: {
      'prisma/schema.prisma': `${DATASOURCE}generator client {\n  provider = "prisma-client-js"\n  output = "../src/client"\n}\n${model('User')}`,
      'src/client/schema.prisma': DATASOURCE + model('User'),
    },
    expect: { 'prisma/schema.prisma': ['User'] },
  },
  {
    says: 'fixtures are left out where a real schema exists',
    files: {
      'prisma/schema.prisma': DATASOURCE + model('User'),
      'test/fixtures/a.prisma': DATASOURCE + model('Sample'),
    },
    expect: { 'prisma/schema.prisma': ['User'] },
  },
  {
    says: 'fixtures are read where nothing else exists',
    files: { 'test/fixtures/a.prisma': DATASOURCE + model('Sample') },
    expect: { 'test/fixtures/a.prisma': ['Sample'] },
  },
  {
    says: 'explicit paths come before everything else',
    files: { 'fixtures/one.prisma': model('One'), 'fixtures/two.prisma': model('Two') },
    paths: ['./fixtures/'],
    expect: { fixtures: ['One', 'Two'] },
  },
  { says: 'no schema at all', files: { 'src/index.ts': '' }, expect: {} },
];

for (const { says, files, paths, expect } of layouts) {
  test(`finds ${says}`, () => {
    const { schemas, problems } = loadSchemas(memoryWorkspace(files), paths === undefined ? {} : { paths });
    assert.deepEqual(problems, []);
    const found = schemas.map((schema) => [schema.path, [...schema.models.keys()].sort()]);
    assert.deepEqual(Object.fromEntries(found), expect);
  });
}

test('says which configured path holds no schema', () => {
  const { problems } = loadSchemas(memoryWorkspace({}), { paths: ['db/schema.prisma'] });
  assert.equal(problems[0]?.file, 'db/schema.prisma');
  assert.match(problems[0]?.message ?? '', /No \.prisma file was found/);
});
