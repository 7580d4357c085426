import { objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '#graph/projectGraph.ts';
import type { CallOutline } from './siteSql.ts';

/** Arguments that hold keys of the model, worth naming one by one. */
const WITH_FIELDS: ReadonlySet<string> = new Set([
  'where',
  'data',
  'create',
  'update',
  'select',
  'include',
  'omit',
  'orderBy',
]);

/** Model, operation and the keys that are known: what stays true where the SQL cannot be told. */
export function callOutline(graph: ProjectGraph, site: QuerySite, reason: string): CallOutline {
  const keys = site.args ? keysOf(graph, { file: site.file, value: site.args }) : [];
  return { kind: 'outline', model: site.model?.name ?? null, operation: site.operation, keys, reason };
}

function keysOf(graph: ProjectGraph, args: ResolvedValue): readonly string[] {
  return [...objectKeys(graph, args).keys].flatMap(([key, { values }]) => {
    const inner = WITH_FIELDS.has(key) ? values.flatMap((value) => [...objectKeys(graph, value).keys.keys()]) : [];
    return inner.length === 0 ? [key] : [...new Set(inner)].map((field) => `${key}.${field}`);
  });
}
