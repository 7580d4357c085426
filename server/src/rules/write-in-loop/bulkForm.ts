import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { argument, valuesIn } from '#graph/queryArgs.ts';

/** The single statement that can stand for a row-by-row write, or why there is none. */
export type BulkForm = 'createMany' | 'createManyAndReturn' | 'updateMany' | 'deleteMany' | 'none';

/** Decides from the arguments: nested writes and per-row values have no bulk form in Prisma. */
export function bulkForm(graph: ProjectGraph, site: QuerySite): BulkForm {
  switch (site.operation) {
    case 'create':
      if (writesRelations(graph, site)) return 'none';
      if (site.call.usage.every((use) => use.kind === 'test')) return 'createMany';
      return RETURNING.has(site.schema.provider ?? 'postgresql') ? 'createManyAndReturn' : 'none';
    case 'createMany':
    case 'createManyAndReturn':
      return site.operation;
    case 'update':
    case 'updateMany':
    case 'updateManyAndReturn':
      return sameForEveryRow(graph, site) ? 'updateMany' : 'none';
    case 'delete':
    case 'deleteMany':
      return 'deleteMany';
    default:
      return 'none';
  }
}

/** Databases on which Prisma can give back what a bulk insert wrote. */
const RETURNING: ReadonlySet<string> = new Set(['postgresql', 'cockroachdb', 'sqlite']);

function writesRelations(graph: ProjectGraph, site: QuerySite): boolean {
  const data = argument(graph, site, 'data');
  if (data?.value.kind !== 'object') return true;
  return data.value.properties.some((each) => {
    if (each.kind === 'spread') return graph.resolve(data.file, each.value).value.kind !== 'object';
    if (each.kind !== 'property') return false;
    if (site.model?.fields.get(each.key)?.kind !== 'relation') return false;
    const relation = graph.resolve(data.file, each.value);
    const keys = relation.value.kind === 'object' ? relation.value.properties : [];
    return !keys.every((key) => key.kind === 'property' && key.key === 'connect');
  });
}

function sameForEveryRow(graph: ProjectGraph, site: QuerySite): boolean {
  const data = argument(graph, site, 'data');
  if (data?.value.kind !== 'object') return false;
  for (const { file, value } of valuesIn(graph, data)) {
    if (value.kind === 'literal' || value.kind === 'object' || value.kind === 'undefined') continue;
    if (value.kind === 'call' && isNow(graph, file, value.call)) continue;
    return false;
  }
  return true;
}

function isNow(graph: ProjectGraph, file: string, index: number): boolean {
  const call = graph.files.get(file)?.calls[index];
  return call?.callee.root.kind === 'global' && call.callee.root.name === 'Date';
}
