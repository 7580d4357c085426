import { decisiveFields, foreignKeysOf } from '#graph/lookups/foreignKeys.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import { addedText } from '#schema/indexChanges.ts';
import { foreignKeyServed, servesLookup } from '#schema/indexCoverage.ts';
import type { Model } from '#schema/schemaModel.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import type { Report } from '../rule.ts';
import type { Demand } from './demands.ts';
import { indexRemedy } from './indexFix.ts';

/** Foreign keys without an index that no lookup of the code needs, of schemas the code uses at all. */
export function* unusedKeys(
  queries: readonly QuerySite[],
  demands: ReadonlyMap<Model, readonly Demand[]>,
  project: ProjectSettings,
): Generator<Report<'unusedKey'>> {
  const schemas = new Set(queries.filter((site) => site.function.role === 'app').map((site) => site.schema));
  for (const schema of schemas) {
    if (schema.kind === 'sql') continue;
    for (const model of schema.models.values()) {
      if (model.view || (project.models[model.name]?.rows ?? Infinity) <= project.smallModelRows) continue;
      const own = demands.get(model) ?? [];
      for (const key of foreignKeysOf(model)) {
        const { relation, fields } = key;
        const [lead] = fields;
        const field = model.fields.get(lead ?? '');
        if (!lead || !field || foreignKeyServed(model, relation, schema)) continue;
        if (servesLookup(model, schema.provider, decisiveFields(schema, key), { all: true })) continue;
        if (own.some((demand) => demand.groups[0]?.includes(lead))) continue;
        yield {
          messageId: 'unusedKey',
          data: {
            model: model.name,
            lead: fields.join(', '),
            parent: relation.type,
            line: addedText(schema, model, fields),
          },
          at: field.at,
          proof: 'schema',
          severity: 'hint',
          symbol: model.name,
          model: model.name,
          columns: fields,
          ...indexRemedy(schema, model, fields, []),
        };
      }
    }
  }
}
