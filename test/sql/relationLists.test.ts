import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rule as distinctScan } from '#rules/distinct-scan/rule.ts';
import { rule as nestedTake } from '#rules/nested-take/rule.ts';
import { rule as relationCount } from '#rules/relation-count-in-list/rule.ts';
import type { RowsRead } from '#shared/sqlView.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { analyse } from '#test/support/analyse.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const MODELS = `
model User {
  id    Int    @id
  name  String
  age   Int
  notes Note[]
  tags  Tag[]
}

model Tag {
  id    Int    @id
  users User[]
}

model Note {
  id       Int       @id
  text     String
  userId   Int
  user     User      @relation(fields: [userId], references: [id])
  comments Comment[]
}

model Comment {
  id     Int  @id
  noteId Int
  note   Note @relation(fields: [noteId], references: [id])
}
`;

const DATABASES: readonly (readonly [provider: string, features: string])[] = [
  ['postgresql', ''],
  ['postgresql', '"relationJoins"'],
  ['postgresql', '"nativeDistinct"'],
  ['mysql', ''],
  ['mysql', '"relationJoins"'],
  ['sqlite', ''],
];

const CALLS: readonly string[] = [
  'findMany({ take: 10, include: { notes: { take: 3 } } })',
  'findMany({ take: 10, select: { id: true, notes: { skip: 3, take: 3, orderBy: { id: "desc" } } } })',
  'findMany({ take: 10, include: { tags: { take: 3 } } })',
  'findUnique({ where: { id: 1 }, include: { notes: { take: 3 } } })',
  'findUnique({ where: { id: 1 }, include: { tags: { take: 3 } } })',
  'findUnique({ where: { id: 1 }, include: { notes: { include: { comments: { take: 1 } } } } })',
  'findFirst({ where: { name: "a" }, include: { notes: { take: 3 } } })',
  'findFirst({ where: { name: "a" }, include: { notes: { include: { user: { include: { notes: { take: 1 } } } } } } })',
  'findMany({ distinct: ["name"] })',
  'findMany({ distinct: ["name"], select: { name: true } })',
  'findMany({ distinct: ["name"], take: 5 })',
  'findMany({ where: { age: 3 }, distinct: ["name"], skip: 5 })',
  'findMany({ take: 5, include: { _count: { select: { notes: true } } } })',
  'findMany({ take: 5, include: { _count: true } })',
  'findMany({ where: { id: { in: [1, 2] } }, include: { notes: { include: { _count: { select: { comments: true } } } } } })',
  'findFirst({ where: { name: "a" }, include: { _count: { select: { notes: { where: { text: "a" } } } } } })',
];

describe('what Prisma leaves to memory, or counts for nobody', () => {
  for (const [provider, features] of DATABASES)
    for (const call of CALLS)
      test(`${provider} [${features}] ${call}`, async () => {
        const files = {
          'package.json': '{ "dependencies": { "@prisma/client": "^7.4.0" } }',
          'prisma/schema.prisma': schemaOf(provider, features),
          'src/a.ts': `import { prisma } from './db';\nexport const ask = () => prisma.user.${call};`,
        };
        assert.deepEqual(await reported(files), await compiled(files));
      });
});

function schemaOf(provider: string, features: string): string {
  const client = `generator client {\n  provider = "prisma-client"\n  output = "./client"\n  previewFeatures = [${features}]\n}`;
  return `datasource db {\n  provider = "${provider}"\n}\n\n${client}\n${MODELS}`;
}

type Files = Readonly<Record<string, string>>;

/** Rules that report, each with how many places it has. */
async function reported(files: Files): Promise<readonly string[]> {
  const { findings } = await analyse(files, [distinctScan, nestedTake, relationCount]);
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}

/** The same from the compiled statements. */
async function compiled(files: Files): Promise<readonly string[]> {
  const { graph } = await analyse(files, []);
  const [site] = graph.sites;
  assert.ok(site);
  const answer = await createSqlCompiler(memoryWorkspace(files)).sqlOf(graph, site);
  assert.ok('variants' in answer, JSON.stringify(answer));
  return [...new Set(answer.variants.flatMap(({ rows }) => rows.flatMap(ruleOf)))].sort();
}

function ruleOf(rows: RowsRead): readonly string[] {
  if (rows.kind === 'counts-table') return [relationCount.meta.id];
  if (rows.kind !== 'cut-in-memory') return [];
  return rows.path === '' ? [distinctScan.meta.id] : [nestedTake.meta.id];
}
