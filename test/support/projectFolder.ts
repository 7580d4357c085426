import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Writes files into a folder of their own, gone after the test; a package unless the files say otherwise. */
export function projectFolder(
  context: { after(hook: () => void): void },
  files: Readonly<Record<string, string | Buffer>>,
): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'querylens-test-')));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const manifest = { 'package.json': '{ "name": "example", "private": true }\n' };
  for (const [path, content] of Object.entries({ ...manifest, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A schema of two models, the second without an index on its foreign key. */
export const SMALL_SCHEMA = `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique
  posts Post[]
}

model Post {
  id       Int    @id @default(autoincrement())
  title    String
  authorId Int
  author   User   @relation(fields: [authorId], references: [id])

  @@index([authorId, id])
}
`;

/** A query per element of a list: one finding of n-plus-one. */
export const LOOP = `import { prisma } from './db';

export async function titles(ids: number[]) {
  const titles = [];
  for (const id of ids) {
    titles.push(await prisma.post.findFirst({ where: { authorId: id }, orderBy: { id: 'asc' } }));
  }
  return titles;
}
`;

/** The client {@link LOOP} imports. */
export const CLIENT = `import { PrismaClient } from '@prisma/client';

export const prisma = new PrismaClient();
`;

/** A project with one finding. */
export const SMALL_PROJECT = { 'prisma/schema.prisma': SMALL_SCHEMA, 'src/db.ts': CLIENT, 'src/titles.ts': LOOP };
