import { removeProperties } from '#graph/argumentEdits.ts';
import type { DraftEdit, DraftFix } from '#graph/edits/draft.ts';
import { isInside } from '#graph/places.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Span } from '#shared/location.ts';

/** What `count` has no use for. */
const OF_ROWS = /^(select|include|omit|orderBy|relationLoadStrategy)$/;
/** What it takes like `findMany`. */
const OF_BOTH = /^(where|cursor|skip|take)$/;

/** Lets the database count; null where the list is tested too, is made into another first, or its arguments stand elsewhere. */
export function countFix(site: QuerySite): DraftFix | null {
  const { call, file } = site;
  if (!call.awaited || call.usage.some((use) => use.kind === 'length' && isDerived(site, use.of))) return null;
  const shortened = call.usage.flatMap(({ kind, path, span, ...use }): readonly DraftEdit[] =>
    kind === 'length' && path.length === 0 && 'of' in use
      ? [{ file, span: { start: use.of.end, end: span.end }, newText: '' }]
      : [],
  );
  const trimmed = withoutRows(site);
  if (!trimmed || shortened.length === 0 || shortened.length < call.usage.length) return null;
  return {
    title: 'Count in the database with `count`',
    safety: 'review',
    edits: [{ file, span: call.nameSpan, newText: 'count' }, ...trimmed, ...shortened],
  };
}

function withoutRows({ args, file }: QuerySite): readonly DraftEdit[] | null {
  if (!args) return [];
  if (args.kind !== 'object') return null;
  const { properties } = args;
  const known = (name: RegExp) => (each: (typeof properties)[number]) =>
    each.kind === 'property' && name.test(each.key);
  const dropped = properties.filter(known(OF_ROWS));
  if (dropped.length + properties.filter(known(OF_BOTH)).length < properties.length) return null;
  if (dropped.length < properties.length) return removeProperties(file, args, new Set(dropped));
  return [{ file, span: args.span, newText: '' }];
}

/** `rows.slice(1).length` is not the number of the rows. */
function isDerived({ call, facts }: QuerySite, of: Span): boolean {
  return facts.calls.some(({ span }) => isInside(span, of) && !isInside(span, call.span));
}
