import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { SqlView } from '#shared/sqlView.ts';
import type { SiteSql } from '#sql/siteSql.ts';
import { createSqlCompiler, type SqlCompiler } from '#sql/sqlCompiler.ts';
import type { Workspace } from '#workspace/workspace.ts';

/** The SQL of query sites for people to see; compiled when somebody looks, a site at a time. */
export interface SqlViews {
  /** Never rejects but with the signal's reason: where the SQL cannot be told, the view says why. */
  of(graph: ProjectGraph, site: QuerySite, signal?: AbortSignal): Promise<SqlView>;
}

export function createSqlViews(workspace: Workspace): SqlViews {
  const compiler = createSqlCompiler(workspace);
  return {
    of: async (graph, site, signal) => {
      signal?.throwIfAborted();
      const view = await viewOf(compiler, graph, site);
      signal?.throwIfAborted();
      return view;
    },
  };
}

async function viewOf(compiler: SqlCompiler, graph: ProjectGraph, site: QuerySite): Promise<SqlView> {
  try {
    return shown(await compiler.sqlOf(graph, site));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return untold(`compiling it failed: ${message.split('\n', 1)[0]}`);
  }
}

function shown(answer: SiteSql): SqlView {
  if (answer.kind === 'not-compiled') return untold(answer.reason);
  if (answer.kind === 'outline') return { kind: 'outline', reason: answer.reason, keys: answer.keys };
  const { kind, provider, variants, furtherWays, lost, assumed, batched, notes } = answer;
  const [usual, ...others] = variants;
  if (!usual) return untold('there is no way in which the call is sent');
  return {
    kind,
    dialect: provider,
    variants: [usual, ...others],
    furtherWays,
    notFollowed: lost,
    assumed: [...new Set(assumed)],
    batched,
    notes,
  };
}

function untold(reason: string): SqlView {
  return { kind: 'not-compiled', reason, keys: [] };
}
