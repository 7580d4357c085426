import type { Model } from '#schema/schemaModel.ts';

/** A key of several fields as calls name it. */
export interface CompoundKey {
  readonly name: string;
  readonly fields: readonly string[];
}

/** Ids and uniques of several fields: by the name they were given, else by their fields' names. */
export function compoundKeys({ indexes }: Model): readonly CompoundKey[] {
  return indexes
    .filter(({ kind, fields, from }) => (kind === 'id' || kind === 'unique') && fields.length > 1 && from === 'schema')
    .map(({ alias, fields: parts }) => {
      const fields = parts.map(({ name }) => name);
      return { name: alias ?? fields.join('_'), fields };
    });
}

/** Names of which one must be in a `where` that is to find a single row. */
export function uniqueNames(model: Model): readonly string[] {
  const single = [...model.fields.values()].filter((field) => field.kind !== 'relation' && (field.id || field.unique));
  return [...single.map(({ name }) => name), ...compoundKeys(model).map(({ name }) => name)];
}

/** A key by which one row is found: the id, else the first unique one; a single field has no name of its own. */
export function keyOf(model: Model): { readonly name: string | null; readonly fields: readonly string[] } | null {
  const scalars = [...model.fields.values()].filter((field) => field.kind !== 'relation');
  const single = scalars.find(({ id }) => id);
  const [compound] = compoundKeys(model);
  const unique = single ?? (compound ? undefined : scalars.find((field) => field.unique));
  if (unique) return { name: null, fields: [unique.name] };
  return compound ? { name: compound.name, fields: compound.fields } : null;
}
