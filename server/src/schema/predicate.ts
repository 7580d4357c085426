import { isSymbol, isWord, parenthesized } from './migrations/sqlStatements.ts';
import type { Model } from './schemaModel.ts';
import { type SqlToken, sqlTokens } from './sqlTokens.ts';

/** Values a query names for its fields. */
export type KnownValues = Readonly<Record<string, string | number | boolean | null>>;

export interface KnownConditions {
  /** Fields compared with something, which no null survives. */
  readonly notNull: readonly string[];
  readonly constants: KnownValues;
}

/**
 * Whether a query's own conditions make a partial index's predicate true, so that the database may use the index. Anything the
 * predicate says beyond null checks and comparisons with literals counts as not met.
 */
export function predicateHolds(where: string, model: Model, known: KnownConditions): boolean {
  const fields = fieldsByColumn(model);
  const tokens = sqlTokens(where, 'postgresql');
  return conjunction(tokens).every((part) => conditionHolds(part, fields, known));
}

/** Fields that have one value in all rows of a partial index. */
export function pinnedByPredicate(where: string, model: Model): readonly string[] {
  return conjunction(sqlTokens(where, 'postgresql')).flatMap((part) => {
    const [column, ...rest] = isWord(part[0], 'NOT') ? part.slice(1) : part;
    const isOne = rest.length === 0 || isSymbol(rest[0], '=') || (isWord(rest[0], 'IS') && !isWord(rest[1], 'NOT'));
    const field = column && isOne ? fieldsByColumn(model).get(column.value.toLowerCase()) : undefined;
    return field === undefined ? [] : [field];
  });
}

function fieldsByColumn(model: Model): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const field of model.fields.values()) {
    if (field.kind !== 'relation') fields.set(field.column.toLowerCase(), field.name);
  }
  return fields;
}

function conditionHolds(
  tokens: readonly SqlToken[],
  fields: ReadonlyMap<string, string>,
  known: KnownConditions,
): boolean {
  const negated = isWord(tokens[0], 'NOT');
  const [column, ...rest] = negated ? tokens.slice(1) : tokens;
  const field = column === undefined ? undefined : fields.get(column.value.toLowerCase());
  if (field === undefined) return false;
  const value = known.constants[field];
  if (rest.length === 0) return value === !negated;
  if (negated) return false;
  if (isWord(rest[0], 'IS')) return nullCheckHolds(rest, field, value, known);
  if (value === undefined || value === null) return false;
  if (isWord(rest[0], 'IN')) return parenthesized(rest, 1).inner.some((token) => sameLiteral(token, value));
  if (isSymbol(rest[0], '=')) return sameLiteral(rest[1], value);
  const unequal = isSymbol(rest[0], '<>') || isSymbol(rest[0], '!=');
  return unequal && rest[1] !== undefined && !sameLiteral(rest[1], value);
}

function nullCheckHolds(
  rest: readonly SqlToken[],
  field: string,
  value: KnownValues[string] | undefined,
  known: KnownConditions,
): boolean {
  if (isWord(rest[1], 'NULL')) return value === null;
  if (isWord(rest[1], 'NOT') && isWord(rest[2], 'NULL')) return value !== null && known.notNull.includes(field);
  return isWord(rest[1], 'TRUE', 'FALSE') && value === isWord(rest[1], 'TRUE');
}

function sameLiteral(token: SqlToken | undefined, value: string | number | boolean): boolean {
  if (token === undefined) return false;
  if (typeof value === 'boolean')
    return token.value.toLowerCase() === String(value) || token.value === (value ? '1' : '0');
  return token.value === String(value);
}

/** The parts joined by AND at the top, parentheses taken off. */
function conjunction(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  if (isSymbol(tokens[0], '(')) {
    const { inner, next } = parenthesized(tokens, 0);
    if (next === tokens.length) return conjunction(inner);
    if (isWord(tokens[next], 'AND')) return [...conjunction(inner), ...conjunction(tokens.slice(next + 1))];
    return [tokens];
  }
  const end = tokens.findIndex((token) => isWord(token, 'AND', 'OR'));
  if (end === -1) return [tokens];
  return isWord(tokens[end], 'OR') ? [[]] : [tokens.slice(0, end), ...conjunction(tokens.slice(end + 1))];
}
