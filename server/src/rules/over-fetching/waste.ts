import type { FetchedShape } from '#graph/fetchedShape.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { ScalarField } from '#schema/schemaModel.ts';
import type { Severity } from '#shared/finding.ts';
import type { Unread } from './unread.ts';

/** The part of what is unread that is worth a finding. */
export interface Waste {
  readonly kind: 'relation' | 'wide' | 'columns';
  readonly paths: readonly (readonly string[])[];
  readonly severity: Severity;
}

/** Relations first, then wide columns, then many narrow ones; null when there is too little to win. */
export function wasteOf(site: QuerySite, shape: FetchedShape, unread: Unread, minColumns: number): Waste | null {
  const list = site.operation === 'findMany';
  if (unread.relations.length > 0) {
    const heavy = list || unread.relations.some(({ relation }) => relation.list);
    return { kind: 'relation', paths: unread.relations.map(({ path }) => path), severity: heavy ? 'warning' : 'info' };
  }
  const wide = unread.columns.filter(({ field }) => isWide(field) || isBodyText(field));
  if (wide.length > 0) {
    const severity = !list ? 'hint' : wide.some(({ field }) => isWide(field)) ? 'warning' : 'info';
    return { kind: 'wide', paths: wide.map(({ path }) => path), severity };
  }
  const own = unread.columns.filter(({ path }) => path.length === 1);
  if (!list || shape.selected || own.length < minColumns) return null;
  return { kind: 'columns', paths: own.map(({ path }) => path), severity: 'hint' };
}

/** Columns that can hold kilobytes by their type: documents, binaries, native text types. */
function isWide({ type, nativeType }: ScalarField): boolean {
  if (type === 'Json' || type === 'Bytes') return true;
  return type === 'String' && /^(Text|MediumText|LongText|NText|Xml|Json|JsonB)$/i.test(nativeType ?? '');
}

/** Text without a length whose name says that it is a body. */
function isBodyText({ type, nativeType, name, unique, id }: ScalarField): boolean {
  return type === 'String' && nativeType === null && !unique && !id && BODY.test(name);
}

const BODY = /^(body|html|content|markdown|text|rawText|transcript|payload|bio|description|embedding)$/i;
