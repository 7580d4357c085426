import type { Model } from '#schema/schemaModel.ts';
import type { Fix } from '#shared/finding.ts';
import type { IndexToDrop } from '#shared/indexChange.ts';

/** Takes the index out of the schema, and as a second choice with the migration that drops it: a person looks first. */
export function dropFixes(model: Model, { attribute, edit, migration }: IndexToDrop): readonly Fix[] {
  const title = `Drop \`${attribute}\` from \`${model.name}\``;
  return [
    { title, safety: 'review', edits: [edit] },
    ...(migration
      ? [{ title: `${title} with a migration`, safety: 'review' as const, edits: [edit], creates: [migration] }]
      : []),
  ];
}
