import { isExecute } from '#graph/operations.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { rawSql } from '#graph/rawSql/rawSql.ts';
import { type SqlPart, textOfParts } from '#graph/rawSql/sqlPart.ts';
import { typedSqlName } from '#graph/rawSql/typedSql.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { sqlProvider } from './openSchema.ts';
import type { SqlProvider } from './prismaCompiler.ts';
import type { SiteSql, SqlVariant } from './siteSql.ts';
import { typedSqlText } from './typedSqlText.ts';

/** A raw query as its text is sent: with the database's places for parameters, and a comment where text is put in that is not known. */
export function rawSiteSql(workspace: Workspace, graph: ProjectGraph, site: QuerySite): SiteSql {
  const provider = site.schema.provider === null ? 'postgresql' : sqlProvider(site.schema.provider);
  if (provider === null) return { kind: 'not-compiled', reason: 'MongoDB is not asked in SQL' };
  const typed = typedSqlName(graph, site);
  if (typed !== null) return typedSql(workspace, site, provider, typed);
  const read = rawSql(graph, site);
  const known = read?.variants.some(({ parts }) => parts.some(({ kind }) => kind === 'text')) ?? false;
  if (!read || !known)
    return { kind: 'outline', model: null, operation: site.operation, keys: [], reason: UNKNOWN_TEXT };
  const variants = read.variants.map(({ differs, parts }) =>
    variant(site, textOfParts(parts, places(provider)), differs),
  );
  const lost = [...new Set(read.variants.flatMap(({ parts }) => parts.filter(isUnknown).map(nameOf)))].sort();
  return { ...sent(provider, variants), lost, furtherWays: read.furtherWays };
}

const UNKNOWN_TEXT = 'the text of the query is made somewhere that could not be followed';

function sent(provider: SqlProvider, variants: readonly SqlVariant[]) {
  return {
    kind: 'raw',
    provider,
    variants,
    lost: [],
    assumed: [],
    furtherWays: 0,
    batched: null,
    notes: [],
  } as const;
}

function variant({ operation }: QuerySite, sql: string, differs: readonly string[]): SqlVariant {
  const kind = isExecute(operation) ? 'execute' : 'query';
  return { differs, statements: [{ kind, sql, child: false, conditional: false, transaction: false }], rows: [] };
}

/** How the client writes the place of a parameter for each database. */
function places(provider: SqlProvider): (number: number) => string {
  if (provider === 'postgresql' || provider === 'cockroachdb') return (number) => `$${number}`;
  return provider === 'sqlserver' ? (number) => `@P${number}` : () => '?';
}

function isUnknown(part: SqlPart): boolean {
  return part.kind === 'unknown';
}

function nameOf(part: SqlPart): string {
  return part.kind === 'unknown' && part.name !== '' ? part.name : 'a part of the text';
}

function typedSql(workspace: Workspace, site: QuerySite, provider: SqlProvider, name: string): SiteSql {
  const text = typedSqlText(workspace, site.schema, name);
  if (text !== null) return sent(provider, [variant(site, text, [])]);
  const reason = `the file ${name}.sql was not found beside the schema`;
  return { kind: 'outline', model: null, operation: site.operation, keys: [], reason };
}
