import { mapOf } from '#graph/edits/callText.ts';
import type { DraftFix, Piece } from '#graph/edits/draft.ts';
import { camelCase, pascalCase, plural, rowName } from '#graph/edits/names.ts';
import { columnOf, endOf } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import { isUnique, type TurnKey } from '#graph/edits/turnKey.ts';
import { freshName, lookupFix } from './lookup.ts';
import { selection } from './selection.ts';
import { wholeQuery } from './wholeQuery.ts';

/** `findUnique` and its like per element: one `findMany` before the loop and a `Map` by the key. */
export function rowLookup(turn: Turn, key: TurnKey): DraftFix | null {
  const { site, fact } = turn;
  const { model, args } = site;
  if (!model || fact.before === null || args?.kind !== 'object' || !isUnique(model, key.pinned)) return null;
  if (args.properties.some((each) => each.kind !== 'property' || !/^(where|select|include|omit)$/.test(each.key)))
    return null;
  const asked = selection(turn, key, fact.before);
  if (!asked) return null;
  const throws = site.operation.endsWith('OrThrow');
  if (throws && fact.declares === null) return null;
  const one = camelCase(model.name);
  const rows = freshName(turn, plural(one), `found${pascalCase(plural(one))}`);
  const by = freshName(
    turn,
    `${one}By${pascalCase(key.field.name)}`,
    `found${model.name}By${pascalCase(key.field.name)}`,
  );
  const { replacements, last } = asked;
  const whole = { operation: 'findMany', replacements: [key.inFilter, ...replacements], last };
  const end = endOf(site.facts);
  const row = rowName(model.name);
  const column = columnOf(site.facts, fact.before);
  const found: readonly Piece[] = [by, '.get(', ...key.written, ')'];
  return lookupFix(turn, {
    title: `Read all ${plural(one)} before the loop, into a \`Map\` by \`${key.field.name}\``,
    before: [
      ['const ', rows, ' = await ', ...wholeQuery(turn, fact.before, whole), end],
      mapOf(site.facts, by, rows, { of: row, key: `${row}.${key.field.name}`, value: row }, column),
    ],
    inLoop: throws ? found : fact.tested ? [by, '.has(', ...key.written, ')'] : [...found, ' ?? null'],
    ...(throws ? missing(turn, key) : {}),
  });
}

/** Keeps the loop from going on without the row. */
function missing({ site, fact }: Turn, { written, field }: TurnKey) {
  const name = fact.declares?.name ?? '';
  const error = [`new Error(\`No ${site.model?.name} has the ${field.name} \${`, ...written, '}`)'];
  return {
    behind: [`if (!${name}) throw `, ...error],
    confirm: `A missing row throws a plain \`Error\` in place of Prisma's P2025: see whether a caller looks for that.`,
  };
}
