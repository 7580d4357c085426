import { isAskedAtOnce } from '#graph/loops/repetition.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Model } from '#schema/schemaModel.ts';
import { isObject } from '#shared/jsonObject.ts';
import { type CallArguments, callArguments } from './callArguments.ts';
import { callOutline } from './callOutline.ts';
import type { Arguments } from './clientArguments.ts';
import { compileBatch, type Statement, statementsOf } from './compileCall.ts';
import { CompilerPanic } from './compilerEngine.ts';
import type { OpenedSchema } from './openSchema.ts';
import type { PrismaCompiler, SqlProvider } from './prismaCompiler.ts';
import { refusalText } from './refusalText.ts';
import { rowsRead, writtenTake } from './rowsRead.ts';
import type { SiteSql, SqlVariant } from './siteSql.ts';
import { compoundKeys, uniqueNames } from './uniqueKeys.ts';
import { versionNotes } from './versionNotes.ts';

/** Compiles every shape a call may have. */
export function compileSite(opened: OpenedSchema, graph: ProjectGraph, site: QuerySite): SiteSql {
  if (opened.kind === 'closed') return { kind: 'not-compiled', reason: opened.reason };
  const read = callArguments(graph, site);
  if (!read) return { kind: 'not-compiled', reason: 'the query has no model' };
  const { variants, refusal } = compileVariants(opened.compiler, graph, site, read);
  if (variants.length === 0) return refused(graph, site, read, refusal);
  const { lost, assumed, furtherWays } = read;
  return {
    kind: lost.length > 0 || assumed.length > 0 ? 'partial' : 'compiled',
    provider: opened.provider,
    variants,
    lost,
    assumed,
    furtherWays,
    batched: batched(opened.compiler, graph, site, read.variants[0]?.result),
    notes: [...databaseNotes(site, opened.provider), ...read.notes, ...versionNotes(site.schema, variants)],
  };
}

interface Compiled {
  /** Each text once. */
  readonly variants: readonly SqlVariant[];
  /** What Prisma said to the first shape it did not take. */
  readonly refusal: unknown;
}

function compileVariants(
  compiler: PrismaCompiler,
  graph: ProjectGraph,
  site: QuerySite,
  { variants, lost }: CallArguments,
): Compiled {
  const { model, operation, schema } = site;
  if (!model) return { variants: [], refusal: null };
  const take = writtenTake(graph, site);
  const told = new Map<string, SqlVariant>();
  const asked = new Set<string>();
  let refusal: unknown = null;
  for (const { result: args, differs } of variants) {
    try {
      const request = compiler.request({ model: model.name, operation, args });
      if (asked.has(request)) continue;
      asked.add(request);
      const plan = compiler.answer(request);
      const statements = statementsOf(plan);
      const keyed = namesKey(model, args);
      const rows = rowsRead({ schema, model, operation, args, take, keyed, lost, plan, statements });
      const text = statements.map(({ sql }) => sql).join('\n');
      if (!told.has(text)) told.set(text, { differs, statements, rows });
    } catch (error) {
      refusal ??= error;
    }
  }
  return { variants: [...told.values()], refusal };
}

/** Nothing but equality reaches from the filter into what is grouped: a list of keys does not. */
function namesKey(model: Model, { where }: Arguments): boolean {
  if (!isObject(where)) return false;
  const compound = new Set(compoundKeys(model).map(({ name }) => name));
  return uniqueNames(model).some((name) => {
    const value = where[name];
    if (value === undefined || value === null) return false;
    return compound.has(name) || !isObject(value) || Object.keys(value).join() === 'equals';
  });
}

/** What is certain of a call stays true where Prisma refuses what could be read of it; a crash says nothing of the call. */
function refused(graph: ProjectGraph, site: QuerySite, { lost }: CallArguments, refusal: unknown): SiteSql {
  const reason = refusalText(refusal);
  if (refusal instanceof CompilerPanic || lost.length === 0) return { kind: 'not-compiled', reason };
  return callOutline(graph, site, reason);
}

/** The statements of a lookup that some loop asks for in one tick. */
function batched(
  compiler: PrismaCompiler,
  graph: ProjectGraph,
  site: QuerySite,
  args: Arguments | undefined,
): readonly Statement[] | null {
  const { model, operation } = site;
  if (!model || !args || site.fluent.length > 0 || !isAskedAtOnce(graph, site)) return null;
  try {
    const call = { model: model.name, operation, args };
    return compileBatch(compiler, [call, call]);
  } catch {
    return null;
  }
}

function databaseNotes({ schema }: QuerySite, provider: SqlProvider): readonly string[] {
  if (provider === 'mysql' && schema.previewFeatures.includes('relationJoins')) return [MARIADB_NOTE];
  if (schema.provider !== null) return [];
  return [`the schema names no database known here; this is what ${DATABASES[provider]} would be asked`];
}

const MARIADB_NOTE = 'as sent to MySQL; MariaDB cannot join relations, so that each is read by a statement of its own';

const DATABASES: Readonly<Record<SqlProvider, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  sqlite: 'SQLite',
  sqlserver: 'SQL Server',
  cockroachdb: 'CockroachDB',
};
