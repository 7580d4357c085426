import { indexMigration } from '#schema/indexMigration.ts';
import { insertIndexEdit } from '#schema/insertIndex.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Fix } from '#shared/finding.ts';

/** The schema line of an index. */
export function indexLine(columns: readonly string[]): string {
  return `@@index([${columns.join(', ')}])`;
}

/** Adds the index to the schema, and as a second choice with the migration that brings it to the database: a person looks first. */
export function indexFixes(schema: SchemaModel, model: Model, columns: readonly string[]): readonly Fix[] {
  const edits = [insertIndexEdit(model, columns)];
  const migration = indexMigration(schema, model, columns);
  return [
    { title: `Add \`${indexLine(columns)}\` to \`${model.name}\``, safety: 'review', edits },
    ...(migration
      ? [
          {
            title: `Add \`${indexLine(columns)}\` to \`${model.name}\` with a migration`,
            safety: 'review' as const,
            edits,
            creates: [migration],
          },
        ]
      : []),
  ];
}
