import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { compileSite } from './compileSite.ts';
import { type OpenedSchema, openSchema } from './openSchema.ts';
import { rawSiteSql } from './rawSite.ts';
import { NOTHING_KNOWN, rawWays, type SentWays, sentWays } from './sentWays.ts';
import type { SiteSql } from './siteSql.ts';

/** Compiles query sites with Prisma's own compiler, which is loaded with the first schema of a provider. */
export interface SqlCompiler {
  /** Loads what the queries of these schemas need, so that whoever cannot wait may ask. A schema that cannot be opened answers with the reason; the graph tells which driver adapter the project has. */
  open(schemas: readonly SchemaModel[], graph?: ProjectGraph): Promise<OpenSqlCompiler>;
  /** Opens the site's schema first where that was not done yet. */
  sqlOf(graph: ProjectGraph, site: QuerySite): Promise<SiteSql>;
}

/** Answers at once, and once a site: the answer is kept until something it was read from changes. */
export interface OpenSqlCompiler {
  sqlOf(graph: ProjectGraph, site: QuerySite): SiteSql;
  /** All a site may send, for whoever must tell whose a statement was; takes several times as long as {@link OpenSqlCompiler.sqlOf}. */
  sentBy(graph: ProjectGraph, site: QuerySite): SentWays;
}

/** One for a workspace; schemas that took another's place give their memory back. */
export function createSqlCompiler(workspace: Workspace): SqlCompiler {
  const opening = new WeakMap<SchemaModel, Promise<OpenedSchema>>();
  const opened = new WeakMap<SchemaModel, OpenedSchema>();
  const latest = new Map<string, SchemaModel>();
  /** A schema that took another's place will not be asked about again. */
  const replace = (schema: SchemaModel): void => {
    const before = latest.get(schema.path);
    latest.set(schema.path, schema);
    const old = before && before !== schema ? opened.get(before) : undefined;
    if (!before || old?.kind !== 'open') return;
    old.compiler.free();
    opened.delete(before);
    opening.delete(before);
  };
  const open = async (schema: SchemaModel, graph: ProjectGraph | null): Promise<void> => {
    const known = opening.get(schema) ?? openSchema(workspace, schema, graph);
    opening.set(schema, known);
    opened.set(schema, await known);
    replace(schema);
  };
  const answer: OpenSqlCompiler = {
    sqlOf: (graph, site) => {
      if (site.access === 'raw') return rawSiteSql(workspace, graph, site);
      const schema = opened.get(site.schema);
      if (!schema) return { kind: 'not-compiled', reason: `the schema ${site.schema.path} was not opened` };
      return graph.remember(site, 'SQL', () => compileSite(schema, graph, site));
    },
    sentBy: (graph, site) => {
      if (site.access === 'raw') return rawWays(rawSiteSql(workspace, graph, site));
      const schema = opened.get(site.schema);
      return schema?.kind === 'open'
        ? graph.remember(site, 'ways', () => sentWays(schema, graph, site))
        : NOTHING_KNOWN;
    },
  };
  return {
    open: async (schemas, graph) => {
      for (const schema of schemas) if (schema.kind === 'prisma') await open(schema, graph ?? null);
      return answer;
    },
    sqlOf: async (graph, site) => {
      if (site.access !== 'raw') await open(site.schema, graph);
      return answer.sqlOf(graph, site);
    },
  };
}
