import { addArgument } from '#graph/argumentEdits.ts';
import { carried, type DraftEdit, type DraftFix, type Piece } from '#graph/edits/draft.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { RowPredicate } from '#graph/rowPredicate.ts';
import type { NarrowingFact } from '#syntax/narrowingFact.ts';

/** Moves one equality with a written value into `where`; null where more is asked, or the arguments stand elsewhere. */
export function whereFix(
  site: QuerySite,
  { method, of, span }: NarrowingFact,
  { equals }: RowPredicate,
): DraftFix | null {
  if (!equals || (method !== 'filter' && method !== 'find') || !site.call.awaited) return null;
  const condition: readonly Piece[] = [`${equals.field.name}: `, carried(site.file, equals.value.span)];
  const where = whereEdit(site, equals.field.name, condition);
  if (!where) return null;
  const { file, call } = site;
  const first: readonly DraftEdit[] = method === 'find' ? [{ file, span: call.nameSpan, newText: 'findFirst' }] : [];
  return {
    title: `Ask for \`${equals.field.name}\` in \`where\`${method === 'find' ? ' with `findFirst`' : ''}`,
    safety: 'review',
    edits: [...first, where, { file, span: { start: of.end, end: span.end }, newText: '' }],
  };
}

/** Stands for the condition while the edit is laid out. */
const CONDITION = '#';

function whereEdit(site: QuerySite, field: string, condition: readonly Piece[]): DraftEdit | null {
  const { args, file } = site;
  const given = args?.kind === 'object' ? args.properties : [];
  if (given.some((each) => each.kind !== 'property')) return null;
  const where = given.find((each) => each.kind === 'property' && each.key === 'where')?.value;
  if (!where) {
    const edit = addArgument(site, { key: 'where', value: `{ ${CONDITION} }` });
    if (!edit) return null;
    const [before = '', after = ''] = edit.newText.split(CONDITION);
    return { ...edit, newText: [before, ...condition, after] };
  }
  if (where.kind !== 'object' || where.properties.length === 0) return null;
  if (where.properties.some((each) => each.kind !== 'property' || each.key === field)) return null;
  const end = where.properties.at(-1)?.span.end ?? 0;
  return { file, span: { start: end, end }, newText: [', ', ...condition] };
}
