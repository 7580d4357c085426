import { z } from 'zod';
import { indexToDrop } from '#schema/indexChanges.ts';
import { indexText } from '#schema/indexText.ts';
import { type Redundant, redundantIndexes } from '#schema/redundantIndexes.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import { defineRule, type Report } from '../rule.ts';
import { dropFixes } from './dropFix.ts';

export const rule = defineRule({
  meta: {
    id: 'redundant-index',
    finds: 'Indexes that another index of the same model makes superfluous.',
    why: 'Every insert, and every update of its columns, has one more index to write, which no query needs.',
    severity: 'info',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['queries', 'remember'],
    options: z.object({}),
    messages: {
      unique: {
        happens: '`{index}` of `{model}` repeats `{by}`, which has an index of its own.',
        costs: 'Every insert writes both, and no query needs the second.',
        todo: 'Drop `{index}`.',
      },
      again: {
        happens: '`{index}` of `{model}` is there twice.',
        costs: 'Every insert writes both, and no query needs the second.',
        todo: 'Drop one of them.',
      },
      prefix: {
        happens: '`{index}` of `{model}` is the beginning of `{by}`, which serves every query that it serves.',
        costs: 'Every insert writes both, and they take room in memory twice.',
        todo: 'Drop `{index}`.',
      },
    },
  },
  *check({ queries, remember }) {
    const schemas = new Set(queries.filter((site) => site.function.role === 'app').map((site) => site.schema));
    for (const schema of [...schemas].filter(({ kind }) => kind === 'prisma'))
      yield* remember(schema, function* () {
        for (const model of schema.models.values())
          for (const redundant of redundantIndexes(model)) yield* describe(schema, model, redundant);
      });
  },
});

function* describe(
  schema: SchemaModel,
  model: Model,
  { index, by, kind }: Redundant,
): Generator<Report<Redundant['kind']>> {
  if (index.at === null) return;
  const drop = indexToDrop(schema, model, index);
  yield {
    messageId: kind,
    data: { model: model.name, index: indexText(index), by: indexText(by) },
    at: index.at,
    proof: 'schema',
    symbol: model.name,
    model: model.name,
    columns: index.fields.map(({ name }) => name),
    related: by.at ? [{ at: by.at, message: `\`${indexText(by)}\` serves the same queries` }] : [],
    ...(drop && { index: drop, fixes: dropFixes(model, drop) }),
  };
}
