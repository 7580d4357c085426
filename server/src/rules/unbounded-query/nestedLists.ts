import { modelSize } from '#graph/modelSize.ts';
import { objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '#graph/projectGraph.ts';
import { isFalse } from '#graph/selectedRelations.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Location } from '#shared/location.ts';
import type { ProjectSettings } from '#shared/settings.ts';

/** A to-many relation read whole inside a list query. */
export interface NestedList {
  readonly path: readonly string[];
  readonly at: Location;
  /** Requests add rows to the related model. */
  readonly growing: boolean;
}

/** Lists of related rows without `take` below a list query, or below a list of one row; small models left out. */
export function* nestedLists(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): Generator<NestedList> {
  if (!site.model || !site.args) return;
  const args = { file: site.file, value: site.args };
  yield* below(graph, site.schema, site.model, args, project, [], site.operation === 'findMany');
}

function* below(
  graph: ProjectGraph,
  schema: SchemaModel,
  model: Model,
  args: ResolvedValue,
  project: ProjectSettings,
  path: readonly string[],
  repeated: boolean,
): Generator<NestedList> {
  const given = objectKeys(graph, args).keys;
  for (const selection of [given.get('include'), given.get('select')]) {
    for (const value of selection?.values ?? []) {
      for (const [name, { values }] of objectKeys(graph, value).keys) {
        const field = model.fields.get(name);
        const related = field?.kind === 'relation' ? schema.models.get(field.type) : undefined;
        const [inner] = values;
        if (!field || !related || !inner || isFalse(graph, inner)) continue;
        const here = [...path, name];
        if (repeated && field.list && !isBounded(graph, inner)) {
          const size = modelSize(graph, related, project);
          if (size !== 'small')
            yield { path: here, at: { file: inner.file, span: inner.value.span }, growing: size === 'growing' };
        }
        yield* below(graph, schema, related, inner, project, here, repeated || field.list);
      }
    }
  }
}

function isBounded(graph: ProjectGraph, inner: ResolvedValue): boolean {
  const { value } = graph.resolve(inner.file, inner.value);
  if (value.kind === 'literal') return false;
  const { keys, open } = objectKeys(graph, inner);
  return open || keys.has('take') || keys.has('where');
}
