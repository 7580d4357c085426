import { isExecute } from '#graph/operations.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '#graph/projectGraph.ts';
import { type RawSqlVariant, rawSql } from '#graph/rawSql/rawSql.ts';
import { textOfParts } from '#graph/rawSql/sqlPart.ts';

/** The values that stand behind `LIMIT` in a raw query, be they parameters, parts of the text, or handed in beside it. */
export function rawLimits(graph: ProjectGraph, site: QuerySite): readonly ResolvedValue[] {
  const sql = site.access === 'raw' && !isExecute(site.operation) ? rawSql(graph, site) : null;
  const found = new Map<string, ResolvedValue>();
  for (const variant of sql?.variants ?? [])
    for (const limit of [...written(variant), ...bound(variant, sql?.bound ?? [])])
      found.set(`${limit.file}:${limit.value.span.start}`, limit);
  return [...found.values()];
}

const BEFORE_LIMIT = /\b(?:limit|fetch\s+(?:first|next)|top\s*\()\s*$/i;

function written({ parts }: RawSqlVariant): readonly ResolvedValue[] {
  return parts.flatMap((part, index) => {
    const before = parts[index - 1];
    const isLimit = before?.kind === 'text' && BEFORE_LIMIT.test(before.text);
    return part.kind !== 'text' && isLimit ? [part.value] : [];
  });
}

/** `LIMIT $2` or `LIMIT ?` in a text whose values are handed in beside it. */
function bound({ parts }: RawSqlVariant, values: readonly ResolvedValue[]): readonly ResolvedValue[] {
  if (values.length === 0) return [];
  const text = textOfParts(parts, (number) => `$${number}`);
  return [...text.matchAll(/\blimit\s+(?:\$(?<number>\d+)|\?)/gi)].flatMap((match) => {
    const marks = text.slice(0, match.index).split('?').length;
    const value = values[Number(match.groups?.number ?? marks) - 1];
    return value ? [value] : [];
  });
}
