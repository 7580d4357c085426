import assert from 'node:assert/strict';
import type { SiteSql } from '#sql/siteSql.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { analyse } from '#test/support/analyse.ts';
import { splitParts } from '#test/support/exampleParts.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

export const SCHEMA = `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  name  String
  age   Int?
  notes Note[]
}

model Note {
  id     Int    @id
  text   String
  userId Int
  user   User   @relation(fields: [userId], references: [id])

  @@unique([userId, text])
}
`;

/** The SQL of the first query of `src/a.ts`; further files begin with a line `// @file: path`. */
export async function sqlOf(code: string, more: Readonly<Record<string, string>> = {}): Promise<SiteSql> {
  const parts = splitParts(code, 'src/a.ts').map(({ file, text }) => [
    file,
    `${file.endsWith('.ts') ? HEAD : ''}${text}`,
  ]);
  const files: Record<string, string> = { 'prisma/schema.prisma': SCHEMA, ...Object.fromEntries(parts), ...more };
  const { graph } = await analyse(files, []);
  const site = graph.sites.find(({ file }) => file === 'src/a.ts');
  assert.ok(site, 'no query was found');
  return createSqlCompiler(memoryWorkspace(files)).sqlOf(graph, site);
}

const HEAD = `import { Prisma, PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\n`;

export interface Expected {
  readonly lost?: readonly string[];
  readonly assumed?: readonly string[];
  readonly furtherWays?: number;
}

/** Each variant on a line: what differs, then what follows each FROM without quotes and schema. */
export async function check(
  code: string,
  lines: readonly string[],
  { lost = [], assumed = [], furtherWays = 0 }: Expected = {},
): Promise<void> {
  const answer = await sqlOf(code);
  if (answer.kind === 'not-compiled' || answer.kind === 'outline') return assert.fail(JSON.stringify(answer));
  assert.deepEqual(
    answer.variants.map(({ differs, statements }) =>
      [...(differs.length > 0 ? [differs.join(', ')] : []), ...statements.map(({ sql }) => short(sql))].join(' | '),
    ),
    lines,
  );
  assert.deepEqual(answer.lost, lost);
  assert.deepEqual(answer.assumed, assumed);
  assert.equal(answer.furtherWays, furtherWays);
  assert.equal(answer.kind, lost.length + assumed.length > 0 ? 'partial' : 'compiled');
}

function short(sql: string): string {
  return sql
    .replaceAll('"', '')
    .replaceAll('public.', '')
    .replace(/^SELECT .*? FROM /, '')
    .replace(/ OFFSET \$\d+$/, '');
}
