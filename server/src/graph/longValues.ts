import type { ScalarField } from '#schema/schemaModel.ts';

/** Whether a column's type is one for long values; what databases call plain text (`text` of PostgreSQL and SQLite) holds short ones too. */
export function holdsLongValues({ type, nativeType }: ScalarField): boolean {
  if (type === 'Json' || type === 'Bytes') return true;
  return type === 'String' && LONG_TEXT.test(nativeType ?? '');
}

const LONG_TEXT = /^(MediumText|LongText|NText|Xml)$/i;
