import { dropIndexMigration } from '#schema/indexMigration.ts';
import type { Index, Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Fix } from '#shared/finding.ts';
import { indexText } from './indexText.ts';

/** Takes the index out of the schema, and as a second choice with the migration that drops it: a person looks first. */
export function dropFixes(schema: SchemaModel, model: Model, index: Index): readonly Fix[] {
  if (!index.at || !index.cut) return [];
  const edits = [{ file: index.at.file, span: index.cut, newText: '' }];
  const title = `Drop \`${indexText(index)}\` from \`${model.name}\``;
  const migration = dropIndexMigration(schema, model, index);
  return [
    { title, safety: 'review', edits },
    ...(migration
      ? [{ title: `${title} with a migration`, safety: 'review' as const, edits, creates: [migration] }]
      : []),
  ];
}
