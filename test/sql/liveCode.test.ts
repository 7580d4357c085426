import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Statement } from '#sql/compileCall.ts';
import type { SiteSql } from '#sql/siteSql.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { analyse } from '#test/support/analyse.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { CODE, type WrittenCode } from './library/code.ts';
import { librarySchema, libraryTables } from './library/libraryTables.ts';
import { execute } from './support/databases/database.ts';
import { openSqlite } from './support/databases/sqlite.ts';
import { type Client, openLiveClient } from './support/liveClient.ts';
import { compare } from './support/sameStatements.ts';

const schema = librarySchema('sqlite');
const database = openSqlite();
await execute(database, libraryTables('sqlite'));
const live = openLiveClient(schema, database);
after(() => live.close());

const files = Object.fromEntries(CODE.map((code, index) => [pathOf(index), sourceOf(code)]));
const all = { 'prisma/schema.prisma': schema, ...files };
const { graph } = await analyse(all, []);
const sql = createSqlCompiler(memoryWorkspace(all));

for (const [index, { body, inputs }] of CODE.entries()) {
  test(body, async () => {
    const sites = graph.sites.filter(({ file }) => file === pathOf(index));
    const ways = waysOf(await Promise.all(sites.map((site) => sql.sqlOf(graph, site))));
    for (const input of inputs) {
      const { error, ...sent } = await live.run((client) => run(body, client, input));
      assert.equal(error, null);
      // Rows that are missing are no matter here: it is the arguments that are followed.
      const taken = ways.some(
        (way) => typeof compare({ ...sent, error, result: null }, way, { include: {} }) === 'string',
      );
      if (!taken) assert.fail(told(input, sent.statements, ways));
    }
  });
}

/** The ways in which the calls are said to be sent, one after the other; each tells one difference, so that inputs differ in one. */
function waysOf(answers: readonly SiteSql[]): readonly (readonly Statement[])[] {
  assert.ok(answers.length > 0, 'no query was found');
  return answers.reduce<readonly (readonly Statement[])[]>(
    (before, answer) => {
      assert.ok(answer.kind === 'compiled' || answer.kind === 'raw', JSON.stringify(answer));
      return before.flatMap((way) => answer.variants.map(({ statements }) => [...way, ...statements]));
    },
    [[]],
  );
}

function run(body: string, prisma: Client, input: unknown): Promise<unknown> {
  const made: unknown = new Function('Prisma', 'prisma', 'input', `return (async () => {\n${body}\n})();`);
  return (made as (...args: readonly unknown[]) => Promise<unknown>)(live.namespace, prisma, input);
}

function told(input: object, sent: readonly string[], ways: readonly (readonly Statement[])[]): string {
  const each = ways.map((way) => way.map(({ sql: text }) => text).join('\n  '));
  return [JSON.stringify(input), 'sent:', ...sent, 'said:', ...each].join('\n  ');
}

function pathOf(index: number): string {
  return `src/code${index}.ts`;
}

function sourceOf({ body, type = 'object' }: WrittenCode): string {
  return `import { Prisma, type Role } from '@prisma/client';
import { prisma } from './db';

export async function run(input: ${type}) {
  ${body}
}
`;
}
