import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { type CompilableSchema, compilableSchema } from '#schema/compilableSchema.ts';
import type { Model, Provider, SchemaModel } from '#schema/schemaModel.ts';
import type { RowsRead } from '#shared/sqlView.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { type CallArguments, callArguments } from './callArguments.ts';
import { type Statement, statementsOf } from './compileCall.ts';
import { openCompiler, type PrismaCompiler, type SqlProvider } from './prismaCompiler.ts';
import { rowsRead, writtenTake } from './rowsRead.ts';

/** One way a call may be sent. */
export interface SqlVariant {
  /** What is different from the usual way, such as `without where.status`. */
  readonly differs: readonly string[];
  /** In the order in which they are sent; none where the client answers by itself. */
  readonly statements: readonly Statement[];
  /** What is certain of the rows it reads or changes. */
  readonly rows: readonly RowsRead[];
}

/** The SQL behind a query site, or why it cannot be told. */
export type SiteSql =
  | {
      readonly kind: 'compiled';
      /** The usual way first; ways with the same SQL are told once. */
      readonly variants: readonly SqlVariant[];
      /** Parts of the arguments that lead out of what can be followed: they may add to the SQL. */
      readonly lost: readonly string[];
      /** There are more ways than these. */
      readonly more: boolean;
    }
  | { readonly kind: 'not-compiled'; readonly reason: string };

export interface SqlCompiler {
  sqlOf(graph: ProjectGraph, site: QuerySite): Promise<SiteSql>;
}

/** Compiles query sites with Prisma's own compiler, which is loaded with the first one of a provider. */
export function createSqlCompiler(workspace: Workspace): SqlCompiler {
  const compilers = new Map<string, Promise<PrismaCompiler | string>>();
  const compilerFor = (schema: SchemaModel) => {
    const known = compilers.get(schema.path) ?? openFor(workspace, schema);
    compilers.set(schema.path, known);
    return known;
  };
  return {
    sqlOf: async (graph, site) => {
      const args = callArguments(graph, site);
      if (!args || !site.model) return notCompiled('raw SQL is sent as it is written');
      const compiler = await compilerFor(site.schema);
      return typeof compiler === 'string'
        ? notCompiled(compiler)
        : compileSite(compiler, graph, { ...site, model: site.model }, args);
    },
  };
}

async function openFor(workspace: Workspace, schema: SchemaModel): Promise<PrismaCompiler | string> {
  const compilable = compilableSchema(workspace, schema);
  if (!compilable) return `Prisma refuses the schema ${schema.path}`;
  const provider = SQL_PROVIDERS[compilable.provider];
  if (provider === null) return 'MongoDB is not asked in SQL';
  try {
    return await openCompiler(compilerOptions(compilable, provider, schema));
  } catch (error) {
    return `Prisma's compiler refuses the schema ${schema.path}: ${messageOf(error)}`;
  }
}

const SQL_PROVIDERS: Readonly<Record<Provider, SqlProvider | null>> = {
  postgresql: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'sqlserver',
  cockroachdb: 'cockroachdb',
  mongodb: null,
};

/** Versions before 7 wrote searched texts into the call. */
const VALUES_APART_SINCE = 7;

function compilerOptions({ text, datamodel }: CompilableSchema, provider: SqlProvider, schema: SchemaModel) {
  return {
    schema: text,
    datamodel,
    provider,
    supportsRelationJoins: provider !== 'sqlite' && provider !== 'sqlserver',
    previewFeatures: schema.previewFeatures,
    valuesApart: (schema.prismaMajor ?? VALUES_APART_SINCE) >= VALUES_APART_SINCE,
  };
}

function compileSite(
  compiler: PrismaCompiler,
  graph: ProjectGraph,
  site: QuerySite & { readonly model: Model },
  { variants, lost, more }: CallArguments,
): SiteSql {
  const { model, operation, schema } = site;
  const take = writtenTake(graph, site);
  const told = new Map<string, SqlVariant>();
  let refusal: string | null = null;
  for (const { result: args, differs } of variants) {
    try {
      const plan = compiler.plan({ model: model.name, operation, args });
      const statements = statementsOf(plan);
      const rows = rowsRead({ schema, model, operation, args, take, lost, plan, statements });
      const text = statements.map(({ sql }) => sql).join('\n');
      if (!told.has(text)) told.set(text, { differs, statements, rows });
    } catch (error) {
      refusal ??= messageOf(error);
    }
  }
  if (told.size > 0) return { kind: 'compiled', variants: [...told.values()], lost, more };
  const unknown = lost.length > 0 ? ` (${lost.join(', ')} could not be followed)` : '';
  return notCompiled(`${refusal ?? 'Prisma refuses the arguments'}${unknown}`);
}

function notCompiled(reason: string): SiteSql {
  return { kind: 'not-compiled', reason };
}

/** The compiler throws plain objects with a message of one line, the client errors of many. */
function messageOf(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return message.trim().split('\n').at(-1) ?? message;
}
