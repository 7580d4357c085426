import { Failure } from '#analyzer/failure.ts';
import type { QuerySite } from '#analyzer/siteAt.ts';
import type { AccessPlan, Planner } from '#sql/plan/accessPlan.ts';
import { verdictOn } from '#sql/plan/verdict.ts';
import type { SentSql } from '#sql/siteSql.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { placedQuery } from '../placedQuery.ts';
import { openPlanner, type PostgresChoice } from '../plans/openPlanner.ts';
import type { RunSurroundings } from '../projectRun.ts';

export interface ExplainOptions {
  readonly format: 'text' | 'json';
  readonly postgres: PostgresChoice;
}

/** The plan of each statement of the query at `FILE:LINE[:COLUMN]`, over the schema's tables without a row in them. */
export async function explainPlan(place: string, options: ExplainOptions, around: RunSurroundings): Promise<string> {
  const { run, graph, site, file } = await placedQuery(place, around);
  const sql = await createSqlCompiler(run.workspace).sqlOf(graph, site);
  if (!('variants' in sql)) throw new Failure(`${place}: the SQL cannot be told: ${sql.reason}`);
  const planner = await openPlanner(site.schema, run.workspace, options.postgres);
  try {
    const ways = await plannedWays(planner, sql);
    const { notes } = planner;
    return options.format === 'json' ? jsonOf(file, site, sql, ways, notes) : textOf(ways, notes);
  } finally {
    await planner.close();
  }
}

interface PlannedWay {
  readonly differs: readonly string[];
  readonly statements: readonly PlannedStatement[];
}

type PlannedStatement = { readonly sql: string } & (
  | { readonly plan: AccessPlan; readonly verdict: string }
  | { readonly refused: string }
);

async function plannedWays(planner: Planner, { kind, variants, provider }: SentSql): Promise<readonly PlannedWay[]> {
  const dialect = provider === 'postgresql' ? 'postgresql' : 'sqlite';
  const ways: PlannedWay[] = [];
  for (const { differs, statements } of variants) {
    const planned: PlannedStatement[] = [];
    for (const { sql } of statements) {
      const plan = await planner
        .plan(sql)
        .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
      planned.push(
        typeof plan === 'string'
          ? { sql, refused: plan }
          : { sql, plan, verdict: verdictOn(sql, plan, kind === 'raw' ? null : dialect) },
      );
    }
    ways.push({ differs, statements: planned });
  }
  return ways;
}

/** Everything but the statements is a comment, so that the whole can be given to a database. */
function textOf(ways: readonly PlannedWay[], notes: readonly string[]): string {
  const lines = ways.flatMap(({ differs, statements }) => [
    ...(differs.length > 0 ? [`-- ${differs.join(', ')}`] : []),
    ...(statements.length === 0 ? ['-- sends nothing: the client answers by itself'] : []),
    ...statements.flatMap(statementText),
  ]);
  return [...lines, ...notes.map((note) => `-- ${note}`), ''].join('\n');
}

function statementText(statement: PlannedStatement): readonly string[] {
  const sql = `${statement.sql.trim()};`;
  if ('refused' in statement) return [sql, `-- no plan: ${statement.refused}`];
  return [sql, ...statement.plan.lines.map((line) => `--   ${line}`), `-- ${statement.verdict}`];
}

function jsonOf(
  file: string,
  { id, model, operation, schema }: QuerySite,
  { kind, lost, assumed, furtherWays }: SentSql,
  ways: readonly PlannedWay[],
  notes: readonly string[],
): string {
  const variants = ways.map(({ differs, statements }) => ({ differs, statements: statements.map(statementJson) }));
  const output = {
    version: 1,
    query: { id, file, model: model?.name ?? null, operation },
    database: schema.provider,
    sql: { kind, notFollowed: lost, assumed, furtherWays },
    variants,
    notes,
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}

function statementJson(statement: PlannedStatement): unknown {
  if ('refused' in statement) return { sql: statement.sql, plan: null, refused: statement.refused };
  const { sql, plan, verdict } = statement;
  const accesses = plan.accesses.map(({ table, by, index, columns }) => ({ table, by, index, columns }));
  return { sql, plan: { lines: plan.lines, accesses, sorts: plan.sorts }, verdict };
}
