import { indexToAdd, replacedBy } from '#schema/indexChanges.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { Fix } from '#shared/finding.ts';
import type { IndexEdit, IndexToAdd, IndexToDrop } from '#shared/indexChange.ts';

/** What adding an index does, and the edits that do it; `serves` are the ids of the queries that lack it. */
export function indexRemedy(
  schema: SchemaModel,
  model: Model,
  columns: readonly string[],
  serves: readonly string[],
): { readonly index: IndexToAdd; readonly fixes: readonly Fix[] } {
  const added = indexToAdd(schema, model, columns);
  const replaces = replacedBy(schema, model, columns);
  return { index: { change: 'add', ...added, serves, replaces }, fixes: fixesOf(model, columns, added, replaces) };
}

/** Adds the index to the schema, and as a second choice with the migration that brings it to the database: a person looks first. */
function fixesOf(
  model: Model,
  columns: readonly string[],
  added: IndexEdit,
  replaces: IndexToAdd['replaces'],
): readonly Fix[] {
  if (added.edit === null) return scriptFixes(model, columns, added);
  const shorter = shorterOf(model, replaces);
  const edits = [shorter ? { ...shorter.at, newText: added.attribute } : added.edit];
  const title = `Add \`${added.attribute}\` to \`${model.name}\``;
  const migrations = [added.migration, shorter?.migration ?? null].filter((each) => each !== null);
  return [
    { title, safety: 'review', edits },
    ...(added.migration
      ? [{ title: `${title} with a migration`, safety: 'review' as const, edits, creates: migrations }]
      : []),
  ];
}

/** A table of SQL scripts has no line to edit: the index is a script of its own. */
function scriptFixes(model: Model, columns: readonly string[], { migration }: IndexEdit): readonly Fix[] {
  const title = `Add an index on \`${columns.join(', ')}\` of \`${model.name}\` with a migration`;
  return migration ? [{ title, safety: 'review', edits: [], creates: [migration] }] : [];
}

/** The index whose place the longer one takes; one with a name of its own stays, for somebody chose that name. */
function shorterOf({ indexes }: Model, replaces: IndexToAdd['replaces']): IndexToDrop | undefined {
  return replaces.find(({ at }) => indexes.some((index) => index.at === at && index.name === null));
}
