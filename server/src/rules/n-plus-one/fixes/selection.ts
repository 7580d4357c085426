import { columnOf, isOnOneLine, lineAt, type Replacement } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import type { TurnKey } from '#graph/edits/turnKey.ts';
import type { Property } from '#syntax/values.ts';

/** What the query for all rows selects: a part added to the `select` there is, or a `select` of its own. */
export interface Selection {
  readonly replacements: readonly Replacement[];
  readonly last: string | null;
}

const AS_IT_IS: Selection = { replacements: [], last: null };

/** Makes the query bring the key, and where the code reads but a few fields of whole rows, those alone; null where rows would leave with one field more. */
export function selection(turn: Turn, { field }: TurnKey, before: number): Selection | null {
  const { args, call, facts } = turn.site;
  if (args?.kind !== 'object') return null;
  const select = args.properties.find((each) => each.kind === 'property' && each.key === 'select');
  if (!select) return args.properties.some(isShaping) ? AS_IT_IS : { ...AS_IT_IS, last: readFields(turn, field.name) };
  if (select.value.kind !== 'object') return null;
  const { span, properties } = select.value;
  const own = properties.find((each) => each.kind === 'property' && each.key === field.name);
  if (own) return own.value.kind === 'literal' && own.value.value === true ? AS_IT_IS : null;
  const [first] = properties;
  if (!first || call.returned || call.usage.some(({ kind, path }) => path.length === 0 && kind !== 'test')) return null;
  const { start } = first.span;
  const shift = isOnOneLine(facts, args.span) ? 0 : columnOf(facts, before) - columnOf(facts, args.span.end - 1);
  const line = isOnOneLine(facts, span) ? ' ' : lineAt(facts, columnOf(facts, start) + shift);
  return { replacements: [{ span: { start, end: start }, by: [`${field.name}: true,${line}`] }], last: null };
}

function isShaping(property: Property): boolean {
  return property.kind !== 'property' || property.key === 'include' || property.key === 'omit';
}

/** Most fields named by a `select` that is added. */
const FEW = 4;

function readFields({ site: { call, model }, fact }: Turn, key: string): string | null {
  const uses = call.usage;
  if (
    !(fact.tested || fact.declares?.byParts) ||
    call.returned ||
    uses.some(({ kind, path }) => path.length === 0 && kind !== 'test')
  )
    return null;
  const names = [...new Set([key, ...uses.flatMap(({ path: [name] }) => name ?? [])])];
  const columns = names.every((name) => (model?.fields.get(name)?.kind ?? 'relation') !== 'relation');
  if (names.length > FEW || !columns) return null;
  return `select: { ${names.map((name) => `${name}: true`).join(', ')} }`;
}
