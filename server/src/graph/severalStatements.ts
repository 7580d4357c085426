import { relationsRead } from './fieldUse.ts';
import { objectKeys } from './objectKeys.ts';
import type { ProjectGraph, QuerySite } from './projectGraph.ts';

/** Whether a call may send more than one statement, as far as its shape tells without compiling it: relations read along or written along. */
export function maySendSeveral(graph: ProjectGraph, site: QuerySite): boolean {
  if (!site.model || !site.args) return false;
  if (site.operation === 'upsert' || relationsRead(graph, site).length > 0) return true;
  return site.access === 'write' && DATA.some((key) => writesRelation(graph, site, key));
}

const DATA = ['data', 'create', 'update'] as const;

function writesRelation(graph: ProjectGraph, { file, args, model }: QuerySite, key: string): boolean {
  const given = objectKeys(graph, args && { file, value: args }).keys.get(key)?.values ?? [];
  const fields = given.flatMap((value) => [...objectKeys(graph, value).keys.keys()]);
  return fields.some((name) => model?.fields.get(name)?.kind === 'relation');
}
