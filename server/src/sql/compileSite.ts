import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { callArguments } from './callArguments.ts';
import { callOutline } from './callOutline.ts';
import { statementsOf } from './compileCall.ts';
import type { OpenedSchema } from './openSchema.ts';
import { refusalText } from './refusalText.ts';
import { rowsRead, writtenTake } from './rowsRead.ts';
import type { SiteSql, SqlVariant } from './siteSql.ts';

/** Compiles every shape a call may have. */
export function compileSite(opened: OpenedSchema, graph: ProjectGraph, site: QuerySite): SiteSql {
  if (opened.kind === 'closed') return { kind: 'not-compiled', reason: opened.reason };
  const { model, operation, schema } = site;
  const read = callArguments(graph, site);
  if (!model || !read) return { kind: 'not-compiled', reason: 'the query has no model' };
  const { lost, assumed, furtherWays } = read;
  const more = furtherWays > 0;
  const take = writtenTake(graph, site);
  const told = new Map<string, SqlVariant>();
  let refusal: string | null = null;
  for (const { result: args, differs } of read.variants) {
    try {
      const plan = opened.compiler.plan({ model: model.name, operation, args });
      const statements = statementsOf(plan);
      const rows = rowsRead({ schema, model, operation, args, take, lost, plan, statements });
      const text = statements.map(({ sql }) => sql).join('\n');
      if (!told.has(text)) told.set(text, { differs, statements, rows });
    } catch (error) {
      refusal ??= refusalText(error);
    }
  }
  const reason = refusal ?? 'Prisma refuses the arguments';
  if (told.size === 0) return lost.length > 0 ? callOutline(graph, site, reason) : { kind: 'not-compiled', reason };
  const kind = lost.length > 0 || assumed.length > 0 ? 'partial' : 'compiled';
  const { provider } = opened;
  return { kind, provider, variants: [...told.values()], lost, assumed, more, furtherWays, notes: [] };
}
