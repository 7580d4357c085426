import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lookupsOf } from '#graph/lookups/lookups.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { accessesOf } from '#rules/missing-index/accesses.ts';
import type { Model } from '#schema/schemaModel.ts';
import { compileCall } from '#sql/compileCall.ts';
import { statementColumns } from '#sql/plan/statementColumns.ts';
import { tableAliases } from '#sql/plan/tableNames.ts';
import { graphOf } from '#test/graph/support/project.ts';
import { libraryCalls } from './library/calls.ts';
import { librarySchema } from './library/libraryTables.ts';
import { openLibrary } from './plan/libraryStatements.ts';
import { parsedColumns } from './support/parsedColumns.ts';
import { openTestCompiler } from './support/testCompiler.ts';
import { codeOf } from './support/writtenCode.ts';

// What the rules derive from the code about how rows are found, held against the SQL Prisma compiles of the same calls.

const library = await openLibrary('postgresql');

test('columns of statements are those PostgreSQL itself reads', () => {
  assert.ok(library.statements.length > 120);
  for (const sql of library.statements) {
    const ours = [...statementColumns(sql, 'postgresql')].map(([table, { filtered, joined, sorted }]) => ({
      table,
      compared: [...new Set([...filtered, ...joined])].sort(),
      sorted: [...sorted].sort(),
    }));
    const theirs = [...parsedColumns(sql)].map(([table, { compared, sorted }]) => ({
      table,
      compared: [...compared].sort(),
      sorted: [...sorted].sort(),
    }));
    assert.deepEqual(ours.sort(byTable), theirs.sort(byTable), sql);
  }
});

describe('lookups of a call', () => {
  const calls = libraryCalls('sqlite');
  const graph = graphOf(`
// @file: prisma/schema.prisma
${librarySchema('sqlite')}
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: a.ts
import { prisma } from './db';
${calls.map((call, at) => `export const call${at} = () => ${codeOf(call)};`).join('\n')}
`);
  const left = new Set<string>();

  test('use no column its statements do not compare or sort by', async () => {
    const compiler = await openTestCompiler(librarySchema('sqlite'), {
      provider: 'sqlite',
      supportsRelationJoins: false,
    });
    assert.equal(graph.sites.length, calls.length);
    for (const [at, [model, operation, args = {}]] of calls.entries()) {
      const site = graph.sites.find((each) => each.function.fact.symbol === `call${at}`);
      assert.ok(site, codeOf(calls[at] ?? ['', '']));
      const statements = attempt(() => compileCall(compiler, { model, operation, args }));
      const compiled = new Set(statements.flatMap(({ sql }) => compiledColumns(sql)));
      const looked = lookedUpColumns(graph, site);
      const made = NEVER_ASKED.test(codeOf([model, operation, args]))
        ? []
        : looked.filter((column) => !compiled.has(column));
      assert.deepEqual(made, [], `${codeOf([model, operation, args])}\n${statements.map(({ sql }) => sql).join('\n')}`);
      for (const column of compiled) if (!looked.includes(column) && !isServed(site, column)) left.add(column);
    }
    compiler.free();
  });

  test('leave out nothing an index of its own would find rows by', () => {
    assert.deepEqual([...left].sort(), Object.keys(LEFT_OUT).sort());
  });
});

/** `in: []` is answered without looking, and that a column is not null finds most rows. */
const NEVER_ASKED = /"(?:in|notIn)": \[\]|"not": null/;

/** Columns without an index that some statement compares and no lookup names, each with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'Review.authorId': 'rows of a nested write are found by the key that begins with the book',
  'authors.mentorId': 'held against the primary key of the joined row, or null',
  'authors.name': 'in a NOT or an alternative, or a constant of a joined row',
  'authors.role': 'in an alternative without an index',
  'books.book_title': 'a constant of a joined row',
  'books.price': 'in a `none`, whose rows are found by the key',
  'books.published': 'in an `every`, whose rows are found by the key',
};

/** As `table.column`. */
function compiledColumns(sql: string): readonly string[] {
  const aliases = tableAliases(sql, 'sqlite');
  return [...statementColumns(sql, 'sqlite')].flatMap(([table, { filtered, joined, sorted }]) =>
    [...filtered, ...joined, ...sorted].map((column) => `${aliases.get(table) ?? table}.${column}`),
  );
}

function lookedUpColumns(graph: ProjectGraph, site: QuerySite): readonly string[] {
  return lookupsOf(graph, site)
    .flatMap(accessesOf)
    .flatMap(({ model, conditions, sort }) =>
      [...conditions, ...sort.keys].map(({ field }) => `${model.table}.${columnOf(model, field)}`),
    );
}

function columnOf(model: Model, name: string): string {
  const field = model.fields.get(name);
  return field && field.kind !== 'relation' ? field.column : name;
}

/** An index begins with it, as the tables behind implicit many-to-many relations have them on both columns. */
function isServed({ schema }: QuerySite, column: string): boolean {
  const [table = '', name] = column.split('.');
  const model = [...schema.models.values()].find((each) => each.table === table);
  if (!model) return true;
  return model.indexes.some(({ fields }) => fields[0] && columnOf(model, fields[0].name) === name);
}

function attempt<Result>(run: () => readonly Result[]): readonly Result[] {
  try {
    return run();
  } catch {
    return [];
  }
}

function byTable(a: { readonly table: string }, b: { readonly table: string }): number {
  return a.table < b.table ? -1 : 1;
}
