import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilableSchema } from '#schema/compilableSchema.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { Dialect } from '#schema/sqlTokens.ts';
import { canonicalSql } from '#sql/canonical/canonicalSql.ts';
import { compileCall } from '#sql/compileCall.ts';
import { type Call, openCompiler, type PrismaCompiler } from '#sql/prismaCompiler.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { fixtureText } from '../support/fixtureText.ts';

/** Calls of one application, and what PostgreSQL 15 and MariaDB 10.11 wrote down when it made them. */
const { calls, ...logs } = JSON.parse(fixtureText('logs.json')) as {
  readonly calls: readonly Call[];
  readonly postgresqlLog: readonly string[];
  readonly pgStatStatements: readonly string[];
  readonly mariadbSlowLog: readonly string[];
};

const postgresql = await canonicalOf('postgresql');
const mysql = await canonicalOf('mysql');

test('each statement in the log of PostgreSQL is that of a call', () => {
  check(logs.postgresqlLog, 'postgresql', { of: postgresql, statements: 87 });
});

test('each row of pg_stat_statements is that of a call', () => {
  check(logs.pgStatStatements, 'postgresql', { of: postgresql, statements: 31 });
});

test('each statement in the slow log of MariaDB is that of a call', () => {
  check(logs.mariadbSlowLog, 'mysql', { of: mysql, statements: 83 });
});

test('tags of call sites are told apart from the statement', () => {
  const tags = logs.pgStatStatements.flatMap((sql) => canonicalSql(sql, 'postgresql').comments);
  assert.ok(tags.includes("site='src%2Fusers.ts%3A14%3A18'"), tags.join('\n'));
  assert.ok(tags.some((tag) => tag.startsWith("prismaQuery='User.findMany%3A")));
});

interface Compiled {
  readonly of: ReadonlySet<string>;
  /** How many there are, so that a fixture that lost its statements is noticed. */
  readonly statements: number;
}

function check(logged: readonly string[], dialect: Dialect, { of, statements }: Compiled): void {
  const strange = logged.filter((sql) => !of.has(canonicalSql(sql, dialect).text));
  assert.deepEqual(strange, []);
  assert.equal(logged.length, statements);
}

async function canonicalOf(dialect: 'postgresql' | 'mysql'): Promise<ReadonlySet<string>> {
  const compiler = await openFor(dialect);
  return new Set(calls.flatMap((call) => statementsOf(compiler, call)).map((sql) => canonicalSql(sql, dialect).text));
}

/** Some calls exist on PostgreSQL only. */
function statementsOf(compiler: PrismaCompiler, call: Call): readonly string[] {
  try {
    return compileCall(compiler, call).map(({ sql }) => sql);
  } catch {
    return [];
  }
}

async function openFor(provider: 'postgresql' | 'mysql'): Promise<PrismaCompiler> {
  const text = fixtureText('logs.prisma').replace('"postgresql"', `"${provider}"`);
  const workspace = memoryWorkspace({ 'prisma/schema.prisma': text });
  const [schema] = loadSchemas(workspace).schemas;
  const compilable = schema ? compilableSchema(workspace, schema) : null;
  assert.ok(compilable);
  return openCompiler({
    schema: compilable.text,
    datamodel: compilable.datamodel,
    provider,
    supportsRelationJoins: provider === 'postgresql',
    previewFeatures: [],
    valuesApart: true,
  });
}
