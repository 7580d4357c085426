import { calleeRange, type QuerySite } from '#analyzer/siteAt.ts';
import type { Snapshot } from '#analyzer/snapshot.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Finding, RelatedPlace } from '#shared/finding.ts';
import type { Planner } from '#sql/plan/accessPlan.ts';
import { type PlannedStatement, type PlanProof, proofByPlan } from '#sql/plan/proofByPlan.ts';
import { statementColumns } from '#sql/plan/statementColumns.ts';
import { createSqlCompiler, type SqlCompiler } from '#sql/sqlCompiler.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { openPlanner, type PostgresChoice } from './openPlanner.ts';

/** Rules whose findings say that an index is missing and point at the queries that want it. */
const ABOUT_INDEXES: ReadonlySet<string> = new Set(['missing-index']);

/** The findings, those about missing indexes held against the plans of the queries they point at. */
export async function weighByPlans(
  { findings, graph }: Pick<Snapshot, 'findings' | 'graph'>,
  workspace: Workspace,
  postgres: PostgresChoice,
): Promise<readonly Finding[]> {
  const planning = createPlanning(graph, workspace, postgres);
  try {
    const weighed: Finding[] = [];
    for (const finding of findings) {
      weighed.push(ABOUT_INDEXES.has(finding.rule) ? withProof(finding, await planning.proof(finding)) : finding);
    }
    return weighed;
  } finally {
    await planning.close();
  }
}

function withProof(finding: Finding, proof: PlanProof): Finding {
  if (proof === 'proven') return { ...finding, proof: 'plan' };
  if (proof === 'open') return finding;
  const message = `${finding.message} The database's own plan does not need it for the queries seen: an index serves them.`;
  return { ...finding, severity: 'hint', message };
}

interface Planning {
  proof(finding: Finding): Promise<PlanProof>;
  close(): Promise<void>;
}

function createPlanning(graph: Snapshot['graph'], workspace: Workspace, postgres: PostgresChoice): Planning {
  const compiler = createSqlCompiler(workspace);
  const planners = new Map<SchemaModel, Promise<Planner>>();
  const statements = new Map<QuerySite, Promise<readonly PlannedStatement[]>>();
  const plannerFor = (schema: SchemaModel) => kept(planners, schema, () => openPlanner(schema, workspace, postgres));
  const statementsOf = (site: QuerySite) =>
    kept(statements, site, async () => planned(compiler, await plannerFor(site.schema), graph, site));
  return {
    proof: async (finding) => {
      const sites = finding.related.flatMap((place) => graph.sites.find((site) => isAt(site, place)) ?? []);
      const model = sites[0]?.schema.models.get(finding.model ?? '');
      if (!model) return 'open';
      const all: PlannedStatement[] = [];
      for (const site of sites) all.push(...(await statementsOf(site)));
      return proofByPlan({ table: model.table, columns: columnsOf(model, finding.columns) }, all);
    },
    close: async () => {
      for (const planner of await Promise.allSettled(planners.values()))
        if (planner.status === 'fulfilled') await planner.value.close();
    },
  };
}

function kept<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** In every shape the call may have; what the database refuses is left out. */
async function planned(
  compiler: SqlCompiler,
  planner: Planner,
  graph: Snapshot['graph'],
  site: QuerySite,
): Promise<readonly PlannedStatement[]> {
  const sql = await compiler.sqlOf(graph, site);
  if (!('variants' in sql) || sql.kind === 'raw') return [];
  const dialect = sql.provider === 'postgresql' ? 'postgresql' : 'sqlite';
  const texts = new Set(sql.variants.flatMap((way) => way.statements.map((each) => each.sql)));
  const found: PlannedStatement[] = [];
  for (const text of texts) {
    const plan = await planner.plan(text).catch(() => null);
    if (plan) found.push({ plan, columns: statementColumns(text, dialect) });
  }
  return found;
}

function isAt(site: QuerySite, { file, line, column }: RelatedPlace): boolean {
  if (site.file !== file) return false;
  const range = calleeRange(site);
  return range.line === line && range.column === column;
}

function columnsOf(model: Model, names: readonly string[]): readonly string[] {
  return names.map((name) => {
    const field = model.fields.get(name);
    return field && field.kind !== 'relation' ? field.column : name;
  });
}
