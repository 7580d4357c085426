import { randomBytes } from 'node:crypto';
import type { SchemaModel } from '#schema/schemaModel.ts';
import { sqlTokens } from '#schema/sqlTokens.ts';
import { tableScript } from '#schema/tableScript.ts';
import type { Planner } from './accessPlan.ts';
import { type Migration, migrate } from './migrate.ts';
import { messageOf, type PostgresConnection, type PostgresServer } from './postgresConnection.ts';
import { type PostgresIndex, type PostgresPlanNode, readPostgresPlan } from './postgresPlan.ts';

/**
 * A database of a random name with the project's tables and no rows, dropped by `close`. It is built by the migrations, or from the schema
 * where there are none or one of them does not work. Throws where the server refuses to make a database.
 */
export async function postgresPlanner(
  server: PostgresServer,
  schema: SchemaModel,
  migrations: readonly Migration[],
): Promise<Planner> {
  const around = await server.connect(null);
  const made: string[] = [];
  const make = async (): Promise<PostgresConnection> => {
    const name = `querylens_${randomBytes(8).toString('hex')}`;
    await around.query(`CREATE DATABASE ${name}`);
    made.push(name);
    return server.connect(name);
  };
  const drop = async (): Promise<void> => {
    for (const name of made) await around.query(`DROP DATABASE IF EXISTS ${name}`);
    await around.end();
  };
  try {
    const { connection, notes } = await build(make, schema, migrations);
    const ask = await planning(connection);
    return {
      notes,
      plan: ask,
      close: async () => {
        await connection.end();
        await drop();
      },
    };
  } catch (error) {
    await drop().catch(() => undefined);
    throw error;
  }
}

interface Built {
  readonly connection: PostgresConnection;
  readonly notes: readonly string[];
}

async function build(
  make: () => Promise<PostgresConnection>,
  schema: SchemaModel,
  migrations: readonly Migration[],
): Promise<Built> {
  const connection = await make();
  if (migrations.length === 0) return { connection, notes: await fromSchema(connection, schema) };
  const { failed, notes } = await migrate(connection, migrations);
  if (failed === null) return { connection, notes };
  await connection.end();
  const another = await make();
  const reason = `the tables were made from the schema, because ${failed}`;
  return { connection: another, notes: [reason, ...(await fromSchema(another, schema))] };
}

async function fromSchema(connection: PostgresConnection, schema: SchemaModel): Promise<readonly string[]> {
  const { tables, indexes } = tableScript(schema, 'postgresql');
  for (const sql of tables) await connection.query(sql);
  const notes: string[] = [];
  for (const sql of indexes) {
    await connection.query(sql).catch((error) => notes.push(`left out ${sql}: ${messageOf(error)}`));
  }
  return notes;
}

/** From this version on a statement with placeholders can be explained as it is. */
const GENERIC_PLAN_SINCE = 160_000;

async function planning(connection: PostgresConnection): Promise<Planner['plan']> {
  const [row] = (await connection.query('SHOW server_version_num')).rows;
  const generic = Number(row?.server_version_num) >= GENERIC_PLAN_SINCE;
  await connection.query('SET enable_seqscan = off');
  if (!generic) await connection.query('SET plan_cache_mode = force_generic_plan');
  const explain = generic ? explainGeneric : explainPrepared;
  const indexes = await indexesOf(connection);
  return async (sql) => {
    const json = await explain(connection, sql, 'FORMAT JSON');
    const text = await explain(connection, sql, 'COSTS OFF');
    const [plan] = column(json) as readonly [readonly [{ readonly Plan: PostgresPlanNode }]];
    return readPostgresPlan(plan[0].Plan, indexes, column(text).map(String));
  };
}

function column(rows: Rows): readonly unknown[] {
  return rows.map((row) => row['QUERY PLAN']);
}

type Rows = readonly Readonly<Record<string, unknown>>[];

async function explainGeneric(connection: PostgresConnection, sql: string, options: string): Promise<Rows> {
  return (await connection.query(`EXPLAIN (GENERIC_PLAN, ${options}) ${sql}`)).rows;
}

async function explainPrepared(connection: PostgresConnection, sql: string, options: string): Promise<Rows> {
  await connection.query(`PREPARE querylens AS ${sql}`);
  const values = Array.from({ length: highestParameter(sql) }, () => 'NULL').join(', ');
  try {
    return (await connection.query(`EXPLAIN (${options}) EXECUTE querylens${values === '' ? '' : `(${values})`}`)).rows;
  } finally {
    await connection.query('DEALLOCATE querylens');
  }
}

function highestParameter(sql: string): number {
  const numbers = sqlTokens(sql, 'postgresql').map(({ kind, value }) =>
    kind === 'parameter' ? Number(value.slice(1)) : 0,
  );
  return Math.max(0, ...numbers);
}

async function indexesOf(connection: PostgresConnection): Promise<ReadonlyMap<string, PostgresIndex>> {
  const { rows } = await connection.query(INDEXES);
  return new Map(
    rows.map(({ name, columns, primary }) => [
      String(name),
      { columns: (columns as readonly (string | null)[]).map((column) => column ?? ''), primary: primary === true },
    ]),
  );
}

const INDEXES = `
  SELECT class.relname AS name, index.indisprimary AS primary,
    array(
      SELECT attribute.attname::text FROM unnest(index.indkey::int[]) WITH ORDINALITY AS key (number, place)
      LEFT JOIN pg_attribute attribute ON attribute.attrelid = index.indrelid AND attribute.attnum = key.number
      ORDER BY key.place
    ) AS columns
  FROM pg_index index JOIN pg_class class ON class.oid = index.indexrelid
  WHERE class.relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)`;
