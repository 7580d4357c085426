import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { generateClient } from '#test/support/types/generatedClient.ts';

type Find = (args?: unknown) => Promise<unknown> & { books(args?: unknown): Promise<unknown> };

interface Delegate {
  readonly findUnique: Find;
  readonly findMany: Find;
  readonly create: Find;
  readonly count: (args?: unknown) => Promise<number>;
}

/** What the tests use of a generated client. */
export interface LibraryClient {
  readonly author: Delegate;
  readonly book: Delegate;
  $on(event: 'query', listener: (event: { readonly query: string }) => void): void;
  $queryRaw(parts: TemplateStringsArray, ...values: unknown[]): Promise<unknown>;
  $transaction<Result>(body: (tx: LibraryClient) => Promise<Result>): Promise<Result>;
  $transaction(queries: readonly PromiseLike<unknown>[]): Promise<unknown[]>;
  $extends(extension: object): LibraryClient;
  $disconnect(): Promise<void>;
}

/** A folder with a really generated client and a SQLite database in which a few authors have books. */
export interface Library {
  readonly folder: string;
  readonly database: string;
  client(options?: object): LibraryClient;
  remove(): void;
}

const SCHEMA = 'datasource db {\n  provider = "sqlite"\n}\n';

/** Authors and their books, in the words of every version of Prisma. */
export const LIBRARY_MODELS = `
model Author {
  id    Int     @id @default(autoincrement())
  email String  @unique
  name  String?
  books Book[]
}

model Book {
  id       Int    @id @default(autoincrement())
  title    String
  authorId Int
  author   Author @relation(fields: [authorId], references: [id])
}
`;

/** The same for SQLite, with four authors. */
export const LIBRARY_TABLES = `
CREATE TABLE "Author" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "email" TEXT NOT NULL UNIQUE, "name" TEXT);
CREATE TABLE "Book" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "title" TEXT NOT NULL, "authorId" INTEGER NOT NULL REFERENCES "Author" ("id"));
INSERT INTO "Author" ("id", "email", "name") VALUES (1, 'a1@example.org', 'A'), (2, 'a2@example.org', 'B'), (3, 'a3@example.org', 'C'), (4, 'a4@example.org', NULL);
`;

export async function openLibrary(): Promise<Library> {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-probe-'));
  const generated = generateClient(folder, new Map([['schema.prisma', SCHEMA + LIBRARY_MODELS]]));
  const database = join(folder, 'library.db');
  const connection = await new PrismaBetterSqlite3({ url: `file:${database}` }).connect();
  await connection.executeScript(LIBRARY_TABLES);
  await connection.dispose();
  const { PrismaClient } = createRequire(import.meta.url)(generated) as {
    PrismaClient: new (options: object) => LibraryClient;
  };
  return {
    folder,
    database,
    client: (options = {}) =>
      new PrismaClient({
        adapter: new PrismaBetterSqlite3({ url: `file:${database}` }),
        errorFormat: 'minimal',
        ...options,
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
