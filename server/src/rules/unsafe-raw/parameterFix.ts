import type { DraftFix } from '#graph/edits/draft.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { rawSql } from '#graph/rawSql/rawSql.ts';
import type { ParseSelects } from '#sql/parse/sqlParsers.ts';
import type { Splice } from './splices.ts';

/** A place where SQL takes a value: after a comparison, in a list, behind `LIMIT`. */
const TAKES_VALUE = /(=|<|>|\blike|\bilike|\blimit|\boffset|\bbetween|\band|\bin\s*\(|,)\s*$/i;

/** `$queryRawUnsafe` over one template as the tagged `$queryRaw`, where all it puts in are values; a database says whether they are. */
export function parameterFix(
  graph: ProjectGraph,
  site: QuerySite,
  splice: Splice,
  parse: ParseSelects,
): readonly DraftFix[] {
  const [template, ...bound] = site.call.arguments;
  const { provider } = site.schema;
  if (template?.kind !== 'template' || bound.length > 0 || !site.operation.endsWith('Unsafe') || !provider) return [];
  const isValue = template.texts.slice(0, -1).every((text) => TAKES_VALUE.test(text));
  const isQuoted = template.texts.some((text) => (text.match(/'/g)?.length ?? 0) % 2 === 1);
  const sql = template.texts.join(provider === 'mysql' || provider === 'sqlite' ? '1' : '$1');
  if (!isValue || isQuoted || !parse(sql, provider) || (rawSql(graph, site)?.variants.length ?? 0) !== 1) return [];
  if (splice.at.span.start < template.span.start || splice.at.span.end > template.span.end) return [];
  const { nameSpan, span } = site.call;
  const edits = [
    { file: site.file, span: nameSpan, newText: site.operation.replace('Unsafe', '') },
    { file: site.file, span: { start: nameSpan.end, end: template.span.start }, newText: '' },
    { file: site.file, span: { start: template.span.end, end: span.end }, newText: '' },
  ];
  return [
    { title: `Send the values as parameters of ${site.operation.replace('Unsafe', '')}`, safety: 'review', edits },
  ];
}
