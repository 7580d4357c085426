import { insertIndexEdit } from '#schema/insertIndex.ts';
import type { Model } from '#schema/schemaModel.ts';
import type { Fix } from '#shared/finding.ts';

/** The schema line of an index. */
export function indexLine(columns: readonly string[]): string {
  return `@@index([${columns.join(', ')}])`;
}

/** Adds the index to the schema; it reaches the database with the next migration, so a person looks first. */
export function indexFix(model: Model, columns: readonly string[]): Fix {
  return {
    title: `Add \`${indexLine(columns)}\` to \`${model.name}\``,
    safety: 'review',
    edits: [insertIndexEdit(model, columns)],
  };
}
