import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PrismaConfig, readPrismaConfig } from '#syntax/prismaConfig.ts';

const cases: readonly { says: string; text: string; expect: Partial<PrismaConfig> }[] = [
  {
    says: 'defineConfig',
    text: "import { defineConfig, env } from 'prisma/config';\nexport default defineConfig({ schema: 'prisma/schema', migrations: { path: 'prisma/m', seed: 'x' }, datasource: { url: env('U') } });",
    expect: { schema: 'prisma/schema', migrations: 'prisma/m' },
  },
  {
    says: 'a plain object with a type',
    text: "export default { 'schema': `./a.prisma` } satisfies PrismaConfig;",
    expect: { schema: './a.prisma' },
  },
  {
    says: 'path.join',
    text: "export default defineConfig({ schema: path.join('prisma', 'schema.prisma') })",
    expect: { schema: 'prisma/schema.prisma' },
  },
  {
    says: 'the own folder',
    text: "export default { schema: path.resolve(__dirname, 'db') }",
    expect: { schema: 'db' },
  },
  {
    says: 'import.meta',
    text: "export default { schema: join(import.meta.dirname, 'db', 'a.prisma') }",
    expect: { schema: 'db/a.prisma' },
  },
  {
    says: 'a folder computed from the module address',
    text: `const here = dirname(fileURLToPath(import.meta.url));\nexport default { schema: \`\${here}/db\` }`,
    expect: { schema: './db' },
  },
  {
    says: 'a URL',
    text: "export default { schema: fileURLToPath(new URL('./db/a.prisma', import.meta.url)) }",
    expect: { schema: './db/a.prisma' },
  },
  {
    says: 'constants',
    text: "const schema = 'db';\nconst config: PrismaConfig = { schema };\nexport default config;",
    expect: { schema: 'db' },
  },
  {
    says: 'CommonJS',
    text: `const dir = 'db'; module.exports = defineConfig({ schema: \`\${dir}/a.prisma\` })`,
    expect: { schema: 'db/a.prisma' },
  },
  { says: 'something computed', text: 'export default { schema: process.env.SCHEMA ?? find() }', expect: {} },
  { says: 'no schema', text: "export default { migrations: { path: 'm' } }", expect: { migrations: 'm' } },
  { says: 'a broken file', text: "export default { schema: 'db', ", expect: { schema: 'db' } },
  { says: 'a name that stands for itself', text: 'const schema = schema; export default { schema }', expect: {} },
  { says: 'an empty file', text: '', expect: {} },
];

for (const { says, text, expect } of cases) {
  test(`reads ${says}`, () => {
    assert.deepEqual(readPrismaConfig(text), { schema: null, migrations: null, ...expect });
  });
}
