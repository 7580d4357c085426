/** A column as a query names it: `of` is the name the query has for its table, null where it leaves that out. */
export interface ColumnName {
  readonly of: string | null;
  readonly name: string;
}

/** What a `WHERE`, or the `ON` of an inner join, asks of a row; of a list of them all hold. */
export type Demand =
  | {
      readonly kind: 'compare';
      readonly column: ColumnName;
      readonly comparison: 'equal' | 'in' | 'null' | 'range' | 'prefix' | 'search' | 'exclude';
      /** What it is compared with stands in the text. */
      readonly constant: boolean;
      /** That, where it is one plain value. */
      readonly value?: Literal;
    }
  | { readonly kind: 'join'; readonly left: ColumnName; readonly right: ColumnName }
  | { readonly kind: 'either'; readonly branches: readonly (readonly Demand[])[] }
  | { readonly kind: 'unknown' };

type Literal = string | number | boolean | null;

/** One side of a comparison. */
export type Operand =
  | ({ readonly kind: 'column' } & ColumnName)
  | { readonly kind: 'parameter' }
  | { readonly kind: 'constant'; readonly value: Literal }
  | { readonly kind: 'list'; readonly constant: boolean }
  | { readonly kind: 'other' };

const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** What an operator asks; the column may stand on either side. */
export function comparing(operator: string, left: Operand, right: Operand): Demand {
  if (left.kind === 'column' && right.kind === 'column')
    return operator === '=' ? { kind: 'join', left: nameOf(left), right: nameOf(right) } : UNKNOWN;
  if (left.kind !== 'column')
    return right.kind === 'column' ? comparing(TURNED[operator] ?? operator, right, left) : UNKNOWN;
  const comparison = comparisonOf(operator.toUpperCase(), right);
  if (comparison === null) return UNKNOWN;
  const column = nameOf(left);
  if (right.kind === 'constant') return { kind: 'compare', column, comparison, constant: true, value: right.value };
  return { kind: 'compare', column, comparison, constant: right.kind === 'list' && right.constant };
}

function nameOf({ of, name }: ColumnName): ColumnName {
  return { of, name };
}

/** Something that was not understood. */
export const UNKNOWN: Demand = { kind: 'unknown' };

type Comparison = Extract<Demand, { kind: 'compare' }>['comparison'];

function comparisonOf(operator: string, right: Operand): Comparison | null {
  const plain = COMPARISONS[operator];
  if (plain !== undefined) return right.kind === 'other' ? null : plain;
  if (operator === 'LIKE' || operator === '~~') return likeness(right);
  return operator === 'ILIKE' || operator === '~~*' ? 'search' : null;
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': 'equal',
  IN: 'in',
  IS: 'null',
  '<': 'range',
  '<=': 'range',
  '>': 'range',
  '>=': 'range',
  BETWEEN: 'range',
  '<>': 'exclude',
  '!=': 'exclude',
  'NOT IN': 'exclude',
  'IS NOT': 'exclude',
};

/** `LIKE 'a%'` finds its place in an index, `LIKE '%a'` does not, and of a parameter it is not known. */
function likeness(right: Operand): Comparison | null {
  if (right.kind !== 'constant' || typeof right.value !== 'string') return null;
  return /^[^%_]/.test(right.value) ? 'prefix' : 'search';
}
