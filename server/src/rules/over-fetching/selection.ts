import { type Entry, inLine } from '#graph/argumentEdits.ts';
import type { FollowedUsage } from '#graph/followUsage.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';

/** A `select` with exactly what is read of a query's result; of a relation that is only counted or tested, its id. */
export function exactSelect(site: QuerySite, usage: FollowedUsage): Entry {
  const root: Node = { whole: false, fields: new Map() };
  for (const path of [...usage.reads, ...usage.escapes]) add(site, root, path, true);
  for (const path of usage.touched) add(site, root, path, false);
  const entries = entriesOf(site.schema, site.model, root);
  if (entries.length > 0 || !site.model) return { key: 'select', value: entries };
  return { key: 'select', value: [{ key: idOf(site.model), value: 'true' }] };
}

/** The same as words for a message. */
export function selectWords(site: QuerySite, usage: FollowedUsage): string {
  return `\`${inLine(exactSelect(site, usage))}\``;
}

interface Node {
  /** Everything below is wanted. */
  whole: boolean;
  readonly fields: Map<string, Node>;
}

/** Follows the steps of a path that are fields: what is read inside a Json column or of a string is no field. */
function add({ schema, model }: QuerySite, root: Node, path: readonly string[], whole: boolean): void {
  let node = root;
  let at: Model | undefined = model ?? undefined;
  for (const step of path) {
    const field = at?.fields.get(step);
    if (!field && (step !== '_count' || !at)) break;
    const next: Node = node.fields.get(step) ?? { whole: false, fields: new Map() };
    node.fields.set(step, next);
    node = next;
    at = field?.kind === 'relation' ? schema.models.get(field.type) : undefined;
  }
  node.whole ||= whole;
}

function entriesOf(schema: SchemaModel, model: Model | null | undefined, node: Node): readonly Entry[] {
  return [...node.fields].map(([key, inner]) => {
    const field = model?.fields.get(key);
    const related = field?.kind === 'relation' ? schema.models.get(field.type) : undefined;
    if (!related || inner.whole) return { key, value: 'true' };
    const fields = inner.fields.size > 0 ? entriesOf(schema, related, inner) : [{ key: idOf(related), value: 'true' }];
    return { key, value: [{ key: 'select', value: fields }] };
  });
}

function idOf(model: Model): string {
  const fields = [...model.fields.values()].filter((field) => field.kind !== 'relation');
  return (fields.find((field) => field.kind === 'scalar' && field.id) ?? fields[0])?.name ?? 'id';
}
