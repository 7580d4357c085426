import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { indexes as indexesCommand } from '#cli/commands/indexes.ts';
import type { Rule } from '#rules/rule.ts';
import { fixingRule } from '#test/support/fixingRule.ts';
import { CLIENT, projectFolder } from '#test/support/projectFolder.ts';
import { parseBySchema } from './jsonSchemas.ts';
import { keepingHost, type Printed, runCli } from './runCli.ts';

const schemaFor = (provider: string): string => `datasource db {
  provider = "${provider}"
}

model Author {
  id    Int    @id
  books Book[]
}

model Book {
  id       Int      @id
  title    String
  addedAt  DateTime @default(now())
  authorId Int      @map("author")
  author   Author   @relation(fields: [authorId], references: [id])
  pages    Page[]

  @@index([title])
  @@index([title, addedAt])
  @@map("books")
}

model Page {
  id     Int    @id
  text   String
  bookId Int
  book   Book   @relation(fields: [bookId], references: [id])
}
`;
const CODE = `import express from 'express';
import { prisma } from './db';

const app = express();
app.get('/author/:id', async (req, res) => {
  res.json(await prisma.author.findUnique({ where: { id: Number(req.params.id) }, include: { books: true } }));
});
app.get('/titles', async (req, res) => res.json(await prisma.book.findMany({ where: { title: req.body.title }, take: 5 })));
`;
const INIT = { 'prisma/migrations/20990101000000_init/migration.sql': 'CREATE TABLE "books" ("id" INT);\n' };
const projectOn = (provider: string) => ({
  'prisma/schema.prisma': schemaFor(provider),
  'src/db.ts': CLIENT,
  'src/app.ts': CODE,
});
const PROJECT = { ...projectOn('postgresql'), ...INIT };

const indexes = (root: string, ...args: readonly string[]): Promise<Printed> => runCli(['indexes', ...args], root);
const schemaOf = (root: string): string => readFileSync(join(root, 'prisma/schema.prisma'), 'utf8');

/** What was written besides the first migration, by the folder's name without its moment. */
function migrationsOf(root: string): readonly (readonly [moment: string, name: string, sql: string])[] {
  const folder = join(root, 'prisma/migrations');
  return readdirSync(folder)
    .sort()
    .slice(1)
    .map((name) => [name.slice(0, 14), name.slice(15), readFileSync(join(folder, name, 'migration.sql'), 'utf8')]);
}

describe('indexes', () => {
  test('says what to add, what for, and what to drop', async (context) => {
    const { status, stdout, stderr } = await indexes(projectFolder(context, PROJECT));
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(
      stdout,
      `+ Book @@index([authorId])  prisma/schema.prisma:14
  CREATE INDEX CONCURRENTLY "books_author_idx" ON "books"("author");
  serves 1 query of 1 route
    Author.findUnique  src/app.ts:6

- Book @@index([title])  prisma/schema.prisma:18
  DROP INDEX CONCURRENTLY "books_title_idx";

1 index to add, for 1 query; 1 index to drop; 1 hint left out (--hints shows them).
`,
    );
  });

  test('shows hints where it is asked to', async (context) => {
    const { stdout } = await indexes(projectFolder(context, PROJECT), '--hints');
    assert.match(stdout, /^\+ Page @@index\(\[bookId\]\) \(hint\) /m);
    assert.match(stdout, /\n2 indexes to add, for 1 query; 1 index to drop\.\n$/);
  });

  test('prints Markdown', async (context) => {
    const { stdout } = await indexes(projectFolder(context, PROJECT), '--format', 'markdown');
    assert.match(
      stdout,
      /\| add \| warning \| `Book` `@@index\(\[authorId\]\)` \| 1 query of 1 route \| {2}\| `prisma\/schema\.prisma:14` \|/,
    );
    assert.match(stdout, /\n```sql\nCREATE INDEX .*;\nDROP INDEX CONCURRENTLY "books_title_idx";\n```\n/);
  });

  test('prints JSON as its schema says', async (context) => {
    const { stdout } = await indexes(projectFolder(context, PROJECT), '--format', 'json');
    const { indexes: all, queries } = parseBySchema('indexes.schema.json', stdout);
    assert.deepEqual(
      all.map(({ change, attribute, severity }) => `${change} ${attribute} ${severity}`),
      ['add @@index([authorId]) warning', 'add @@index([bookId]) hint', 'drop @@index([title]) info'],
    );
    assert.deepEqual(
      queries.map(({ id }) => id),
      all[0]?.serves,
    );
  });

  test('does not keep to itself that a rule failed', async (context) => {
    const { host, printed } = keepingHost(projectFolder(context, PROJECT));
    const failing: Rule = {
      ...fixingRule(() => []),
      check: () => {
        throw new Error('no more');
      },
    };
    const log = () => undefined;
    await indexesCommand('.', { format: 'text', migrations: true }, host, { rules: [failing], log });
    assert.match(printed().stderr, /^querylens: rule made-up failed and found nothing \(no more\)/);
  });

  test('is silent where lint is: ignored and accepted findings', async (context) => {
    const ignored = schemaFor('postgresql').replace(
      '  authorId Int ',
      '  /// querylens-ignore-next-line missing-index -- there are ten\n  authorId Int ',
    );
    const { stdout } = await indexes(projectFolder(context, { ...PROJECT, 'prisma/schema.prisma': ignored }));
    assert.doesNotMatch(stdout, /^\+/m);
    const accepted = projectFolder(context, PROJECT);
    await runCli(['baseline', 'create'], accepted);
    assert.equal((await indexes(accepted)).stdout, 'No index is missing.\n');
  });
});

describe('indexes --write', () => {
  test('adds to the schema and a migration for each, behind those that are there', async (context) => {
    const root = projectFolder(context, PROJECT);
    const { status, stderr } = await indexes(root, '--write');
    assert.equal(status, 0);
    assert.equal(
      schemaOf(root),
      schemaFor('postgresql').replace('  @@map("books")\n', '  @@map("books")\n  @@index([authorId])\n'),
    );
    const migrations = [
      [
        '20990101000001',
        'add_book_author_id_index',
        'CREATE INDEX CONCURRENTLY "books_author_idx" ON "books"("author");\n',
      ],
    ];
    assert.deepEqual(migrationsOf(root), migrations);
    assert.equal(
      stderr,
      'querylens: wrote prisma/schema.prisma\nquerylens: wrote prisma/migrations/20990101000001_add_book_author_id_index/migration.sql\n',
    );
    assert.match((await indexes(root)).stdout, /^- .*\n.*\n\nNo index is missing; 1 index to drop/);
  });

  test('takes out what is superfluous where it is told to, after all that is added', async (context) => {
    const root = projectFolder(context, PROJECT);
    await indexes(root, '--write', '--drop', '--hints');
    assert.doesNotMatch(schemaOf(root), /@@index\(\[title\]\)/);
    assert.deepEqual(
      migrationsOf(root).map(([moment, name]) => `${moment} ${name}`),
      [
        '20990101000001 add_book_author_id_index',
        '20990101000002 add_page_book_id_index',
        '20990101000003 drop_book_title_index',
      ],
    );
    assert.equal((await indexes(root, '--hints')).stdout, 'No index is missing.\n');
    assert.equal((await indexes(root, '--write')).stderr, 'querylens: there is nothing to write\n');
  });

  test('takes another name where another index of the table has the usual one', async (context) => {
    const schema = schemaFor('postgresql').replace('@@index([title])', '@@index([title], map: "books_author_idx")');
    const root = projectFolder(context, { ...PROJECT, 'prisma/schema.prisma': schema });
    await indexes(root, '--write');
    assert.match(schemaOf(root), /\n {2}@@index\(\[authorId\], map: "books_author_idx1"\)\n/);
    assert.deepEqual(
      migrationsOf(root).map(([, , sql]) => sql),
      ['CREATE INDEX CONCURRENTLY "books_author_idx1" ON "books"("author");\n'],
    );
  });

  test('leaves migrations to others where it is told to', async (context) => {
    const root = projectFolder(context, PROJECT);
    assert.equal((await indexes(root, '--write', '--no-migrations')).stderr, 'querylens: wrote prisma/schema.prisma\n');
    assert.deepEqual(migrationsOf(root), []);
  });

  test('says where there are no migrations', async (context) => {
    const root = projectFolder(context, projectOn('postgresql'));
    const { stderr } = await indexes(root, '--write');
    assert.match(
      stderr,
      /^querylens: wrote prisma\/schema\.prisma\nquerylens: there are no migrations to go on with, /,
    );
    assert.ok(!existsSync(join(root, 'prisma/migrations')));
  });

  test('writes plain statements for other databases', async (context) => {
    const root = projectFolder(context, { ...projectOn('sqlite'), ...INIT });
    await indexes(root, '--write', '--drop');
    assert.deepEqual(
      migrationsOf(root).map(([, , sql]) => sql),
      ['CREATE INDEX "books_author_idx" ON "books"("author");\n', 'DROP INDEX "books_title_idx";\n'],
    );
  });

  test('keeps on MySQL what a foreign key leans on', async (context) => {
    const schema = schemaFor('mysql').replace(
      '  @@index([title])\n',
      '  @@index([authorId])\n  @@index([authorId, id])\n',
    );
    const root = projectFolder(context, { ...projectOn('mysql'), ...INIT, 'prisma/schema.prisma': schema });
    const { stdout, stderr } = await indexes(root, '--write', '--drop');
    assert.match(stdout, /^- Book @@index\(\[authorId\]\)/m);
    assert.equal(stderr, 'querylens: there is nothing to write\n');
  });

  test('adds on MySQL what relationMode leaves out', async (context) => {
    const schema = schemaFor('mysql').replace('"mysql"', '"mysql"\n  relationMode = "prisma"');
    const root = projectFolder(context, { ...projectOn('mysql'), ...INIT, 'prisma/schema.prisma': schema });
    await indexes(root, '--write');
    assert.deepEqual(
      migrationsOf(root).map(([, , sql]) => sql),
      ['CREATE INDEX `books_author_idx` ON `books`(`author`);\n'],
    );
  });

  test('edits the file of several that holds the model', async (context) => {
    const [head = '', book = '', page = ''] = schemaFor('postgresql').split(/(?=model Book|model Page)/);
    const root = projectFolder(context, {
      ...{ 'src/db.ts': CLIENT, 'src/app.ts': CODE },
      ...{ 'prisma/schema/main.prisma': head, 'prisma/schema/book.prisma': book, 'prisma/schema/page.prisma': page },
      'package.json': '{ "name": "example", "prisma": { "schema": "prisma/schema" } }\n',
    });
    const { stderr } = await indexes(root, '--write');
    assert.match(stderr, /^querylens: wrote prisma\/schema\/book\.prisma\n/);
    assert.match(readFileSync(join(root, 'prisma/schema/book.prisma'), 'utf8'), /\n {2}@@index\(\[authorId\]\)\n\}\n/);
  });

  const refuses = (name: string, files: Readonly<Record<string, string>>, args: readonly string[], says: RegExp) => {
    test(`refuses ${name}`, async (context: TestContext) => {
      const root = projectFolder(context, { ...PROJECT, ...files });
      const { status, stderr } = await indexes(root, ...args);
      assert.equal(status, 2);
      assert.match(stderr, says);
      assert.equal(schemaOf(root), files['prisma/schema.prisma'] ?? PROJECT['prisma/schema.prisma']);
      assert.deepEqual(migrationsOf(root), []);
    });
  };
  refuses('to drop without writing', {}, ['--drop'], /^querylens: --drop says what --write takes out; give both\n$/);
  refuses(
    'a schema that does not parse',
    { 'prisma/schema.prisma': schemaFor('postgresql').replace('title    String', 'title    Text') },
    ['--write'],
    /^querylens: prisma\/schema\.prisma:12: .*; indexes are advised once the schema is valid\n$/,
  );
  refuses(
    'what would break the schema',
    {
      'prisma/schema.prisma': schemaFor('postgresql').replace(
        '[bookId], references: [id])\n',
        '$&\n  @@index([text], map: "books_author_idx")\n',
      ),
    },
    ['--write'],
    /books_author_idx.*; nothing was written\n$/,
  );
});
