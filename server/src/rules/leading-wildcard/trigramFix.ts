import { allNames } from '#graph/describe.ts';
import { trigramMigration } from '#schema/indexMigration.ts';
import { insertIndexEdit } from '#schema/insertIndex.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Fix } from '#shared/finding.ts';

/** The schema line of an index that finds texts by their trigrams. */
export function trigramLine(columns: readonly string[]): string {
  return `@@index([${columns.map(withOperators).join(', ')}], type: Gin)`;
}

/** Adds the index to the schema together with a migration that makes the extension too; none where there are no migrations to add it to. */
export function trigramFixes(schema: SchemaModel, model: Model, columns: readonly string[]): readonly Fix[] {
  const migration = trigramMigration(schema, model, columns);
  const edit = insertIndexEdit(model, columns.map(withOperators), 'type: Gin');
  if (!migration || !edit) return [];
  return [
    {
      title: `Add an index of trigrams on ${allNames(columns)} with a migration`,
      safety: 'review',
      edits: [edit],
      creates: [migration],
    },
  ];
}

function withOperators(name: string): string {
  return `${name}(ops: raw("gin_trgm_ops"))`;
}
