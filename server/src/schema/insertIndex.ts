import type { TextEdit } from '#shared/location.ts';
import type { Model } from './schemaModel.ts';

/** Adds one `@@index` line to a model in its file's own style and touches nothing else; `more` are arguments behind the fields. Null for a table of SQL scripts. */
export function insertIndexEdit(
  model: Pick<Model, 'insertAt'>,
  fields: readonly string[],
  more?: string,
): TextEdit | null {
  if (model.insertAt === null) return null;
  const { file, offset, indent, newline, blankBefore } = model.insertAt;
  const line = `${indent}@@index([${fields.join(', ')}]${more ? `, ${more}` : ''})${newline}`;
  return { file, span: { start: offset, end: offset }, newText: blankBefore ? newline + line : line };
}
