import { canJoin, mayJoin } from '#graph/loadStrategy.ts';
import type { NestedTake } from './nestedTakes.ts';

/** What to do, by what the database and the schema allow. */
export function advice({ site, relation }: NestedTake): string {
  const { name } = relation.field;
  if (mayJoin(site)) return "Drop `relationLoadStrategy: 'query'`: a join cuts each list in the database.";
  if (relation.parents !== 'many' && relation.path.length === 1)
    return `Read \`${name}\` by a query of its own, or ask with \`findUnique\`, whose lists the database cuts.`;
  const own = `read \`${name}\` for the rows shown by a query of its own: for one each, \`groupBy\` with \`_max\`; for more, SQL with \`ROW_NUMBER\``;
  return canJoin(site)
    ? `Switch on the preview feature \`relationJoins\`, with which the database cuts each list; or ${own}.`
    : `${own.charAt(0).toUpperCase()}${own.slice(1)}.`;
}
