import type { Model, RelationField, SchemaModel } from '#schema/schemaModel.ts';

/** A foreign key: the fields of the holding model that point at one row of another. */
export interface ForeignKey {
  readonly model: Model;
  readonly relation: RelationField;
  readonly fields: readonly string[];
}

/** Every foreign key a model holds. */
export function foreignKeysOf(model: Model): readonly ForeignKey[] {
  const keys: ForeignKey[] = [];
  for (const relation of model.fields.values()) {
    if (relation.kind === 'relation' && relation.foreignKey.length > 0)
      keys.push({ model, relation, fields: relation.foreignKey });
  }
  return keys;
}

/** The key by which the rows behind a relation are found from its other side; null where this side holds it, or a join table does. */
export function keyOfChildren(schema: SchemaModel, model: Model, relation: RelationField): ForeignKey | null {
  if (relation.foreignKey.length > 0) return null;
  const children = schema.models.get(relation.type);
  if (!children) return null;
  const held = foreignKeysOf(children).find(
    (key) => key.relation.relationName === relation.relationName && key.relation.type === model.name,
  );
  return held ?? null;
}

/**
 * The fields an index must begin with to find few rows by the key: the one that points at a unique column or that alone tells parents of
 * one tenant apart, else all of them.
 */
export function decisiveFields(schema: SchemaModel, { model, relation, fields }: ForeignKey): readonly string[] {
  const parent = schema.models.get(relation.type);
  if (!parent) return fields;
  const unique = fields.filter((_, at) => isUnique(parent, relation.references[at]));
  if (unique.length > 0) return unique.slice(0, 1);
  const telling = fields.filter((name, at) => !isShared(model, relation, name, parent, relation.references[at]));
  return telling.length === 1 ? telling : fields;
}

function isUnique(parent: Model, name: string | undefined): boolean {
  const field = parent.fields.get(name ?? '');
  return field?.kind === 'scalar' && (field.id || field.unique);
}

/** A tenant's column: other keys use it too, or the parent holds it as a key itself. */
function isShared(
  model: Model,
  relation: RelationField,
  name: string,
  parent: Model,
  reference: string | undefined,
): boolean {
  return (
    foreignKeysOf(model).some((key) => key.relation !== relation && key.fields.includes(name)) ||
    foreignKeysOf(parent).some((key) => reference !== undefined && key.fields.includes(reference))
  );
}

/** Every foreign key of the schema that points at a model. */
export function keysPointingAt(schema: SchemaModel, model: Model): readonly ForeignKey[] {
  return [...schema.models.values()]
    .flatMap((other) => foreignKeysOf(other))
    .filter((key) => key.relation.type === model.name);
}
