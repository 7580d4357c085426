import type { Model, RelationField, SchemaModel } from '#schema/schemaModel.ts';
import { type ObjectKeys, objectKeys } from './objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from './projectGraph.ts';

/** A relation that a query reads along, or counts. */
export interface SelectedRelation {
  readonly path: readonly string[];
  readonly field: RelationField;
  readonly model: Model;
  /** The entry's value. */
  readonly asked: ResolvedValue;
  /** Its arguments; none for `true`. */
  readonly args: ObjectKeys;
  /** Rows it is read for: `unique` is one row found by its key, `first` another single row, `many` a list. */
  readonly parents: 'unique' | 'first' | 'many';
}

/** What is included, selected and counted at one level of a query. */
export interface SelectedLevel {
  readonly path: readonly string[];
  readonly model: Model;
  readonly parents: SelectedRelation['parents'];
  readonly relations: readonly SelectedRelation[];
  /** Values of `_count`. */
  readonly counts: readonly ResolvedValue[];
}

const MAX_DEPTH = 6;

/** Every level of a read, its own first; what cannot be followed is left out. */
export function* selectedLevels(graph: ProjectGraph, site: QuerySite): Generator<SelectedLevel> {
  if (!site.model || !site.args) return;
  const args = objectKeys(graph, { file: site.file, value: site.args });
  const parents = /^findUnique/.test(site.operation) ? 'unique' : site.operation === 'findMany' ? 'many' : 'first';
  yield* levelsBelow(graph, site.schema, site.model, args, [], parents);
}

function* levelsBelow(
  graph: ProjectGraph,
  schema: SchemaModel,
  model: Model,
  args: ObjectKeys,
  path: readonly string[],
  parents: SelectedRelation['parents'],
): Generator<SelectedLevel> {
  if (path.length > MAX_DEPTH) return;
  const entries = ['include', 'select'].flatMap((key) =>
    (args.keys.get(key)?.values ?? []).flatMap((value) => [...objectKeys(graph, value).keys]),
  );
  const counts = entries.flatMap(([name, { values }]) => (name === '_count' ? values : []));
  const relations = entries.flatMap(([name, { values }]) => {
    const field = model.fields.get(name);
    const related = field?.kind === 'relation' ? schema.models.get(field.type) : undefined;
    const [asked] = values;
    if (field?.kind !== 'relation' || !related || !asked || isFalse(graph, asked)) return [];
    return [{ path: [...path, name], field, model: related, asked, args: objectKeys(graph, asked), parents }];
  });
  yield { path, model, parents, relations, counts };
  for (const each of relations) {
    const below = each.field.list ? 'many' : parents === 'many' ? 'many' : 'first';
    yield* levelsBelow(graph, schema, each.model, each.args, each.path, below);
  }
}

/** Whether an entry asks for nothing. */
export function isFalse(graph: ProjectGraph, { file, value }: ResolvedValue): boolean {
  const known = graph.resolve(file, value).value;
  return known.kind === 'undefined' || (known.kind === 'literal' && known.value === false);
}
