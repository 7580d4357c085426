import { mapOf } from '#graph/edits/callText.ts';
import type { DraftFix, Piece } from '#graph/edits/draft.ts';
import { camelCase, pascalCase, plural } from '#graph/edits/names.ts';
import { columnOf, endOf } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import type { TurnKey } from '#graph/edits/turnKey.ts';
import { freshName, lookupFix } from './lookup.ts';
import { wholeQuery } from './wholeQuery.ts';

/** `count` per element: one `groupBy` and a `Map` of the figures. */
export function countLookup(turn: Turn, key: TurnKey): DraftFix | null {
  const { site, fact } = turn;
  const { model, args } = site;
  if (!model || fact.before === null || args?.kind !== 'object' || args.properties.length !== 1) return null;
  const one = camelCase(model.name);
  const field = key.field.name;
  const rows = freshName(turn, `${one}Counts`, `${one}CountRows`);
  const counts = freshName(turn, `${one}CountBy${pascalCase(field)}`);
  const end = endOf(site.facts);
  const column = columnOf(site.facts, fact.before);
  const first = `by: ['${field}']`;
  const whole = { operation: 'groupBy', replacements: [key.inFilter], first, last: '_count: true' };
  const found: readonly Piece[] = [counts, '.get(', ...key.written, ')'];
  return lookupFix(turn, {
    title: `Count the ${plural(one)} of all elements with one \`groupBy\` before the loop`,
    before: [
      ['const ', rows, ' = await ', ...wholeQuery(turn, fact.before, whole), end],
      mapOf(site.facts, counts, rows, { of: 'row', key: `row.${field}`, value: 'row._count' }, column),
    ],
    inLoop: fact.tested ? [counts, '.has(', ...key.written, ')'] : [...found, ' ?? 0'],
  });
}
