import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const HEAD = 'datasource db {\n  provider = "postgresql"\n}\n';
const GOOD = `${HEAD}model User {\n  id Int @id\n  email String\n}\nmodel Post {\n  id Int @id\n}\n`;

interface Broken {
  readonly says: string;
  readonly text: string;
  /** `line:column` of every error. */
  readonly errors: readonly string[];
  /** Models that are left, with their fields. */
  readonly left: Readonly<Record<string, readonly string[]>>;
}

const broken: readonly Broken[] = [
  {
    says: 'an unknown type costs its field',
    text: `${HEAD}model User {\n  id Int @id\n  role Role\n}\nmodel Post {\n  id Int @id\n}\n`,
    errors: ['6:8'],
    left: { User: ['id'], Post: ['id'] },
  },
  {
    says: 'a model without a key costs itself and the relations to it',
    text: `${HEAD}model User {\n  name String\n  posts Post[]\n}\nmodel Post {\n  id Int @id\n  userName String\n  user User @relation(fields: [userName], references: [name])\n}\n`,
    errors: ['4:1', '11:3'],
    left: { Post: ['id', 'userName'] },
  },
  {
    says: 'a block that is not closed ends where the next begins',
    text: `${HEAD}model User {\n  id Int @id\n\nmodel Post {\n  id Int @id\n}\n`,
    errors: ['4:1'],
    left: { Post: ['id'] },
  },
  {
    says: 'a line in the middle of being typed costs itself',
    text: `${HEAD}model User {\n  id Int @id\n  na\n  email String @\n}\n`,
    errors: ['6:3', '7:3'],
    left: { User: ['id'] },
  },
  {
    says: 'a stray brace outside of any block is passed over',
    text: `${HEAD}}\nmodel User {\n  id Int @id\n}\n`,
    errors: ['4:1'],
    left: { User: ['id'] },
  },
  {
    says: 'a name used twice counts once',
    text: `${HEAD}model User {\n  id Int @id\n}\nmodel User {\n  other Int @id\n}\n`,
    errors: ['7:7'],
    left: { User: ['id'] },
  },
  {
    says: 'an unknown provider is named',
    text: 'datasource db {\n  provider = "oracle"\n}\nmodel User {\n  id Int @id\n}\n',
    errors: ['2:3'],
    left: { User: ['id'] },
  },
];

for (const { says, text, errors, left } of broken) {
  test(says, () => {
    const { schemas, problems } = loadSchemas(memoryWorkspace({ 'prisma/schema.prisma': text }));
    assert.deepEqual(
      problems.map(({ file, line, column }) => `${file}:${line}:${column}`),
      errors.map((place) => `prisma/schema.prisma:${place}`),
    );
    const models = [...(schemas[0]?.models ?? [])].map(([name, model]) => [name, [...model.fields.keys()]]);
    assert.deepEqual(Object.fromEntries(models), left);
  });
}

const load = (text: string, previous: ReturnType<typeof loadSchemas>['schemas'] = []) =>
  loadSchemas(memoryWorkspace({ 'schema.prisma': text }), { previous });

test('keeps the last good model while the schema is broken', () => {
  const good = load(GOOD);
  const now = load(GOOD.replace('email String', 'email Strin'), good.schemas);
  assert.equal(now.problems.length, 1);
  assert.equal(now.schemas[0], good.schemas[0]);
});

test('does not keep what was saved of an earlier broken text', () => {
  const first = load(GOOD.replace('id Int @id\n  email', 'id In @id\n  email'));
  const second = load(GOOD.replace('email String', 'email Strin'), first.schemas);
  assert.deepEqual([...(second.schemas[0]?.models.get('User')?.fields.keys() ?? [])], ['id']);
});

test('takes a repaired schema at once', () => {
  const first = load(GOOD.replace('email String', 'email Strin'), load(GOOD).schemas);
  const second = load(GOOD.replace('email', 'mail'), first.schemas);
  assert.deepEqual(second.problems, []);
  assert.equal(second.schemas[0]?.models.get('User')?.fields.has('mail'), true);
});

test('a broken schema leaves the others alone', () => {
  const files = { 'a/schema.prisma': GOOD, 'b/schema.prisma': `${HEAD}model {` };
  const { schemas, problems } = loadSchemas(memoryWorkspace(files));
  assert.deepEqual(
    schemas.map(({ path, models }) => [path, models.size]),
    [
      ['a/schema.prisma', 2],
      ['b/schema.prisma', 0],
    ],
  );
  assert.deepEqual([...new Set(problems.map(({ file }) => file))], ['b/schema.prisma']);
});
