import type { Condition } from '#graph/lookups/whereFilter.ts';
import type { Model, Provider } from '#schema/schemaModel.ts';

/**
 * What a condition's column is worth at the head of an index: a `key` takes many values and finds few rows, a `flag` (an enum, a status,
 * a value written in the code) finds a good part of the table, a `switch` (Boolean, is null) even more; `none` cannot use a B-tree.
 */
export type Worth = 'key' | 'flag' | 'switch' | 'none';

/** Names of columns with few different values. */
const FLAG_NAME =
  /(^|[a-z_])(status|state|type|kind|role|level|priority|visibility|gender|category|currency|locale|language|lang|country|provider|mode|platform|environment|env|source|channel|plan|tier|interval|frequency|position|rank|year|month|color|severity|scope|action|method|unit|team|group|segment|section|theme|size|stage|phase|format|gateway|vendor|model)$/i;

const UNSORTABLE = new Set(['Json', 'Bytes', 'Unsupported']);

/** Judges one condition of a lookup. */
export function worthOf(model: Model, provider: Provider | null, condition: Condition): Worth {
  const { comparison, constant, field: name } = condition;
  if (!isIndexable(model, provider, name)) return 'none';
  if (comparison === 'null') return 'switch';
  if (comparison !== 'equal' && comparison !== 'in') return 'none';
  const field = model.fields.get(name);
  if (field?.type === 'Boolean') return 'switch';
  if (isForeignKey(model, name)) return 'key';
  return field?.kind === 'enum' || constant || FLAG_NAME.test(name) ? 'flag' : 'key';
}

/** Whether a plain index can hold the column: MySQL takes texts only with a length, which no schema line of one word gives. */
export function isIndexable(model: Model, provider: Provider | null, name: string): boolean {
  const field = model.fields.get(name);
  if (!field || field.kind === 'relation' || field.list || UNSORTABLE.has(field.type)) return false;
  return !(provider === 'mysql' && /Text$/.test(field.nativeType ?? ''));
}

/** Whether the column is part of a foreign key. */
export function isForeignKey(model: Model, name: string): boolean {
  for (const field of model.fields.values()) {
    if (field.kind === 'relation' && field.foreignKey.includes(name)) return true;
  }
  return false;
}
