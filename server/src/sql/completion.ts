import type { Model, RelationField, SchemaModel } from '#schema/schemaModel.ts';
import type { StandIns } from './standIns.ts';

/** What putting in required parts needs to know and to tell. */
export interface Completion {
  readonly schema: SchemaModel;
  readonly standIns: StandIns;
  /** Whether something at a path, or above or inside it, could not be followed. */
  isLost(path: string): boolean;
  /** Paths of keys that are written down and have no value in this shape. */
  readonly leftOut: ReadonlySet<string>;
  /** Told of what was put in: `where by id`, `data with its required fields`. */
  readonly assumed: (text: string) => void;
}

/** Fields that lead to other models. */
export function relationsOf(model: Model): readonly RelationField[] {
  return [...model.fields.values()].filter((field) => field.kind === 'relation');
}

/** A value for a field that is required; of `part` it is another one. */
export function standInFor(standIns: StandIns, model: Model, name: string, part = ''): unknown {
  const field = model.fields.get(name);
  return field && field.kind !== 'relation'
    ? standIns.scalar(field, `required ${part} ${model.name}.${name}`)
    : undefined;
}
