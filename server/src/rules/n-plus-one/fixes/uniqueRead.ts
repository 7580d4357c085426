import { comparesForEquality, isBatchableOperation } from '#graph/batching.ts';
import type { DraftFix } from '#graph/edits/draft.ts';
import { objectAt } from '#graph/edits/turnKey.ts';
import type { LoopCall } from '#graph/loops/loopCalls.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';

/** `findFirst` by a unique key, started for all elements at once: Prisma makes one query of them as soon as it is `findUnique`. */
export function uniqueRead(graph: ProjectGraph, { first, sites }: LoopCall): DraftFix | null {
  const { site, sameTick, steps } = first;
  if (steps.some((edge) => graph.callers(edge.to).length !== 1)) return null;
  const [found, ...rest] = /^findFirst(OrThrow)?$/.exec(site.operation) ?? [];
  if (!found || !sameTick || sites.length !== 1 || site.args?.kind !== 'object') return null;
  if (site.args.properties.some((each) => each.kind !== 'property' || !/^(where|select|include|omit)$/.test(each.key)))
    return null;
  if (!isByUniqueKey(site) || !comparesForEquality(graph, site)) return null;
  const operation = rest[0] ? 'findUniqueOrThrow' : 'findUnique';
  if (!isBatchableOperation(operation, site.schema.prismaMajor)) return null;
  return {
    title: `Ask with \`${operation}\`, which Prisma batches`,
    safety: 'review',
    edits: [{ file: site.file, span: site.call.nameSpan, newText: operation }],
  };
}

/** `findUnique` takes one unique field, and since Prisma 5 further conditions beside it. */
function isByUniqueKey({ args, model, schema }: QuerySite): boolean {
  const conditions = objectAt(args, 'where')?.properties ?? [];
  if (conditions.length > 1 && (schema.prismaMajor ?? 0) < 5) return false;
  const columns = conditions.map((each) => (each.kind === 'property' ? model?.fields.get(each.key) : undefined));
  if (columns.some((field) => field === undefined || field.kind === 'relation')) return false;
  return conditions.some((each, index) => {
    const field = columns[index];
    return field?.kind === 'scalar' && (field.unique || field.id) && each.value.kind !== 'object';
  });
}
