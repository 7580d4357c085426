import type { FetchedShape } from '#graph/fetchedShape.ts';
import { holdsLongValues } from '#graph/longValues.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Unread } from '#graph/unread.ts';
import type { Provider, ScalarField } from '#schema/schemaModel.ts';
import type { Severity } from '#shared/finding.ts';

/** The part of what is unread that is worth a finding. */
export interface Waste {
  readonly kind: 'relation' | 'wide' | 'returned' | 'columns';
  readonly paths: readonly (readonly string[])[];
  readonly severity: Severity;
}

/** Relations first, then wide columns, then many narrow ones; null when there is too little to win. */
export function wasteOf(site: QuerySite, shape: FetchedShape, unread: Unread, minColumns: number): Waste | null {
  const list = site.operation === 'findMany';
  const { provider } = site.schema;
  if (unread.relations.length > 0) {
    const heavy = list || (site.access === 'read' && unread.relations.some(({ relation }) => relation.list));
    return { kind: 'relation', paths: unread.relations.map(({ path }) => path), severity: heavy ? 'warning' : 'info' };
  }
  if (site.access === 'write') return returned(unread);
  const wide = unread.columns.filter(({ field }) => isWide(field, provider) || isBodyText(field));
  if (wide.length > 0) {
    const severity = !list ? 'hint' : wide.some(({ field }) => isWide(field, provider)) ? 'warning' : 'info';
    return { kind: 'wide', paths: wide.map(({ path }) => path), severity };
  }
  const own = unread.columns.filter(({ path }) => path.length === 1);
  if (!list || shape.selected || own.length < minColumns) return null;
  return { kind: 'columns', paths: own.map(({ path }) => path), severity: 'hint' };
}

/** A write gives the whole row back; binaries alone make that worth a word. */
function returned({ columns }: Unread): Waste | null {
  const binaries = columns.filter(({ field }) => field.type === 'Bytes');
  return binaries.length > 0 ? { kind: 'returned', paths: binaries.map(({ path }) => path), severity: 'info' } : null;
}

/** Columns that can hold kilobytes by their type; MySQL has a text type for it, where others have one for every text. */
function isWide(field: ScalarField, provider: Provider | null): boolean {
  return holdsLongValues(field) || (provider === 'mysql' && field.type === 'String' && field.nativeType === 'Text');
}

/** Text without a length whose name says that it is a body. */
function isBodyText({ type, nativeLength, name, unique, id }: ScalarField): boolean {
  return type === 'String' && nativeLength === null && !unique && !id && BODY.test(name);
}

const BODY = /^(body|html|content|markdown|text|rawText|transcript|payload|bio|description|embedding)$/i;
