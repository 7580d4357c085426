import { removeProperties } from '#graph/argumentEdits.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Fix } from '#shared/finding.ts';
import type { Scan } from './scan.ts';

/** What `groupBy` takes like `findMany` when nothing is cut. */
const OF_BOTH = /^(distinct|select|where)$/;

/** `distinct` with a `select` of the same fields gives what `groupBy` gives; null where there is more to the call. */
export function groupByFix({ args, call, file }: QuerySite, { plain, fields }: Scan): Fix | null {
  if (!plain || args?.kind !== 'object') return null;
  const own = args.properties.filter((each) => each.kind === 'property' && OF_BOTH.test(each.key));
  const find = (key: string) => own.find((each) => each.kind === 'property' && each.key === key);
  const [distinct, select] = [find('distinct'), find('select')];
  if (own.length < args.properties.length || distinct?.kind !== 'property' || select?.kind !== 'property') return null;
  if (select.value.kind !== 'object' || select.value.properties.length !== fields.length) return null;
  return {
    title: 'Ask for the values with `groupBy`',
    safety: 'review',
    edits: [
      { file, span: call.nameSpan, newText: 'groupBy' },
      { file, span: distinct.keySpan, newText: 'by' },
      ...removeProperties(file, args, new Set([select])),
    ],
  };
}

/** Takes a `distinct` away that drops nothing. */
export function dropFix({ args, file }: QuerySite): Fix | null {
  if (args?.kind !== 'object' || args.properties.length < 2) return null;
  const own = args.properties.find((each) => each.kind === 'property' && each.key === 'distinct');
  if (!own) return null;
  return { title: 'Drop `distinct`', safety: 'safe', edits: [...removeProperties(file, args, new Set([own]))] };
}
