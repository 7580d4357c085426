import { decisiveFields } from '#graph/lookups/foreignKeys.ts';
import { holdsRowsOf, type Served, servesQuery } from '#schema/indexCoverage.ts';
import type { Index, Model } from '#schema/schemaModel.ts';
import type { Access } from './accesses.ts';
import type { Shape } from './shape.ts';

/** The model's indexes, with those MySQL makes by itself for foreign keys. */
export function indexesOf({ model, site }: Access): readonly Index[] {
  if (site.schema.provider !== 'mysql' || site.schema.relationMode === 'prisma') return model.indexes;
  const made: Index[] = [];
  for (const field of model.fields.values()) {
    if (field.kind !== 'relation' || field.foreignKey.length === 0) continue;
    const fields = field.foreignKey.map(
      (name) => ({ name, sort: 'asc', expression: false, operatorClass: null }) as const,
    );
    made.push({ kind: 'index', name: null, fields, method: 'btree', where: null, from: 'database', at: null });
  }
  return [...model.indexes, ...made];
}

/** How far an index serves whose leading columns hold a key: one that begins with flags only narrows too little. */
export function servedByKey(model: Model, access: Access, shape: Shape): Served {
  const { provider } = access.site.schema;
  const all = [...shape.keys, ...shape.flags, ...shape.switches];
  const withKey = model.indexes.filter((index) => beginsWithKey(index, all, access, shape));
  const ask = (equality: readonly string[]) =>
    servesQuery(
      model,
      { equality, range: shape.ranges, sort: shape.sort, take: shape.sort.length > 0, constants: shape.constants },
      provider,
      withKey,
    );
  const exact = ask(all);
  if (exact.level !== 'prefix') return exact;
  const withoutSwitches = ask([...shape.keys, ...shape.flags]);
  return withoutSwitches.level === 'full' ? withoutSwitches : exact;
}

function beginsWithKey(index: Index, pinned: readonly string[], { key, site }: Access, { keys }: Shape): boolean {
  const names = index.fields.map((field) => (field.expression ? '' : field.name));
  const end = names.findIndex((name) => !pinned.includes(name));
  const used = end === -1 ? names : names.slice(0, end);
  if (key && keys.length === key.fields.length)
    return decisiveFields(site.schema, key).every((name) => used.includes(name));
  return used.some((name) => keys.includes(name));
}

/** An index begins with the order or the bounds, after columns that are pinned anyway. */
export function isServed(model: Model, shape: Shape, tail: readonly string[]): boolean {
  const passed = [...shape.flags, ...shape.switches, ...shape.maybe];
  return model.indexes.some((index) => {
    const names = index.fields.map((field) => (field.expression ? '' : field.name));
    return holdsRows(model, index, shape) && names.find((name) => !passed.includes(name)) === tail[0];
  });
}

/** Behind the keys, and what else is pinned, the index goes on in the order asked for: what is left is filtered on the way. */
export function followsOrder(model: Model, index: Index, shape: Shape): boolean {
  const { keys, flags, switches, sort } = shape;
  const held = index.fields.map((field) => (field.expression ? '' : field.name));
  if (!holdsRows(model, index, shape) || !keys.every((name) => held.includes(name))) return false;
  const next = held.find((name) => ![...keys, ...flags, ...switches].includes(name));
  return next !== undefined && next === sort[0]?.field;
}

function holdsRows(model: Model, index: Index, { keys, flags, switches, ranges, constants }: Shape): boolean {
  return holdsRowsOf(model, index, { equality: [...keys, ...flags, ...switches], range: ranges, constants });
}
