import type { DraftFix, Piece } from '#graph/edits/draft.ts';
import { camelCase, pascalCase, plural, rowName } from '#graph/edits/names.ts';
import { columnOf, endOf, lineAt } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import type { TurnKey } from '#graph/edits/turnKey.ts';
import { freshName, lookupFix } from './lookup.ts';
import { selection } from './selection.ts';
import { wholeQuery } from './wholeQuery.ts';

/** `findMany` of one parent per element: one `findMany` for all parents and a `Map` of lists by the key. */
export function groupLookup(turn: Turn, key: TurnKey): DraftFix | null {
  const { site, fact } = turn;
  const { model, args, facts } = site;
  const type = typeOf(key);
  if (!model || fact.before === null || args?.kind !== 'object' || !type) return null;
  if (
    args.properties.some((each) => each.kind !== 'property' || !/^(where|select|include|omit|orderBy)$/.test(each.key))
  )
    return null;
  const asked = selection(turn, key, fact.before);
  if (!asked) return null;
  const one = rowName(model.name);
  const many = plural(camelCase(model.name));
  const rows = freshName(turn, many, `all${pascalCase(many)}`, `found${pascalCase(many)}`);
  const groups = freshName(turn, `${many}By${pascalCase(key.field.name)}`);
  const { replacements, last } = asked;
  const whole = { operation: 'findMany', replacements: [key.inFilter, ...replacements], last };
  const types: readonly Piece[] = /\.[cm]?tsx?$/.test(site.file) ? ['<', type, ', typeof ', rows, '>'] : [];
  const outer = lineAt(facts, columnOf(facts, fact.before));
  const inner = lineAt(facts, columnOf(facts, fact.before) + facts.layout.step);
  const at = `${one}.${key.field.name}`;
  const end = endOf(facts);
  return lookupFix(turn, {
    title: `Read the ${many} of all elements before the loop, grouped by \`${key.field.name}\``,
    before: [
      ['const ', rows, ' = await ', ...wholeQuery(turn, fact.before, whole), end],
      ['const ', groups, ' = new Map', ...types, `()${end}`],
      [
        ...[`for (const ${one} of `, rows, `) {${inner}const group = `, groups, `.get(${at})${end}`],
        ...[`${inner}if (group) group.push(${one})${end}`],
        ...[`${inner}else `, groups, `.set(${at}, [${one}])${end}${outer}}`],
      ],
    ],
    inLoop: [groups, '.get(', ...key.written, ') ?? []'],
  });
}

const TYPES: Readonly<Record<string, string>> = { String: 'string', Int: 'number', BigInt: 'bigint' };

function typeOf({ field }: TurnKey): string | null {
  const type = TYPES[field.type];
  if (type === undefined) return null;
  return field.required ? type : `${type} | null`;
}
