import type { QuerySite } from '#graph/projectGraph.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';

/** A write and another query have nothing to do with each other: neither model is the other's parent, however far up, nor a record of what happened. */
export function areApart({ model: a, schema }: QuerySite, { model: b }: QuerySite): boolean {
  if (!a || !b || a.name === b.name || RECORDS.test(a.name) || RECORDS.test(b.name)) return false;
  return !touches(a, b) && !ancestors(schema, a).has(b.name) && !ancestors(schema, b).has(a.name);
}

/** Models that tell what happened or what is to be done, which must not be written before it is. */
const RECORDS = /(Log|Logs|Audit|Event|Activity|History|Notification|Outbox|Job|Task|Queue|Lock|Session|Token)$/;

function touches(a: Model, b: Model): boolean {
  return [...a.fields.values()].some(({ kind, type }) => kind === 'relation' && type === b.name);
}

/** The models that rows hang on by foreign keys. */
function ancestors({ models }: SchemaModel, model: Model): ReadonlySet<string> {
  const found = new Set<string>([model.name]);
  for (const name of found)
    for (const field of models.get(name)?.fields.values() ?? [])
      if (field.kind === 'relation' && field.foreignKey.length > 0) found.add(field.type);
  return found;
}
