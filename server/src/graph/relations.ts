import type { Model, RelationField } from '#schema/schemaModel.ts';
import type { Value } from '#syntax/values.ts';
import type { ProjectGraph, QuerySite } from './projectGraph.ts';
import { argument } from './queryArgs.ts';

/** The list query whose rows a loop goes over, seen through names, `filter`, `map` and the like. */
export function rowsOf(graph: ProjectGraph, file: string, over: Value | null): QuerySite | null {
  let value = over ? graph.resolve(file, over) : null;
  for (let hops = 0; value && hops < 6; hops++) {
    const call = callBehind(value.value);
    if (call === null) return null;
    const site = graph.siteAt(value.file, call);
    if (site) return site;
    const fact = graph.files.get(value.file)?.calls[call];
    if (fact?.callee.root.kind !== 'call') return null;
    value = { file: value.file, value: { kind: 'call', call: fact.callee.root.call, span: fact.span } };
  }
  return null;
}

function callBehind(value: Value): number | null {
  if (value.kind === 'call') return value.call;
  return value.kind === 'reference' && value.to.root.kind === 'call' ? value.to.root.call : null;
}

/** A relation field of `from` that leads to `to`. */
export function relationBetween(from: Model, to: Model): RelationField | null {
  for (const field of from.fields.values()) if (field.kind === 'relation' && field.type === to.name) return field;
  return null;
}

/** The field by which a repeated query tells one row from the next: what comes from the loop's element, else the first equality, else the id. */
export function keyField(graph: ProjectGraph, site: QuerySite): string {
  const where = argument(graph, site, 'where');
  const given = where?.value.kind === 'object' ? where.value.properties : [];
  const fields = given.flatMap((each) =>
    each.kind === 'property' && site.model?.fields.get(each.key)?.kind === 'scalar' ? [each] : [],
  );
  const own = fields.find(({ value }) => value.kind === 'reference' && value.to.path.includes('[]')) ?? fields[0];
  if (own) return own.key;
  for (const field of site.model?.fields.values() ?? []) if (field.kind === 'scalar' && field.id) return field.name;
  return 'id';
}
