import { type ColumnName, comparing, type Demand, type Operand, UNKNOWN } from './demands.ts';
import { list, of, text } from './nodes.ts';
import { AGGREGATES, type Ordering, type Shape } from './shape.ts';

/** Stands for a parameter in a text the parser is given, for it does not take `?` in all places where a database does: a number that nobody writes. */
export const PARAMETER = '1999999943';

/** The shape of a `select` as node-sql-parser makes it. */
export function mysqlShape(select: unknown): Shape {
  const limit = list(of(of(select, 'limit'), 'value'));
  return {
    demands: [...demandsOf(of(select, 'where')), ...list(of(select, 'from')).flatMap(joinDemands)],
    order: list(of(select, 'orderby')).map(orderingOf),
    limited: limit.length > 0,
    skips: limit.length > 1,
    grouped: isGrouped(select),
  };
}

function isGrouped(select: unknown): boolean {
  if (of(select, 'groupby') || of(select, 'distinct')) return true;
  return list(of(select, 'columns')).some((column) => {
    const expression = of(column, 'expr');
    if (of(expression, 'over')) return false;
    const name = text(of(expression, 'name')) ?? text(of(list(of(of(expression, 'name'), 'name'))[0], 'value'));
    return of(expression, 'type') === 'aggr_func' || AGGREGATES.has((name ?? '').toLowerCase());
  });
}

function demandsOf(node: unknown): readonly Demand[] {
  if (node === null || node === undefined) return [];
  if (of(node, 'type') !== 'binary_expr') return [UNKNOWN];
  const [operator, left, right] = [text(of(node, 'operator')) ?? '', of(node, 'left'), of(node, 'right')];
  if (operator === 'AND') return [...demandsOf(left), ...demandsOf(right)];
  if (operator === 'OR') return [{ kind: 'either', branches: [...branchesOf(left), ...branchesOf(right)] }];
  return [comparing(operator, operandOf(left), operandOf(right))];
}

function branchesOf(node: unknown): readonly (readonly Demand[])[] {
  if (of(node, 'type') !== 'binary_expr' || of(node, 'operator') !== 'OR') return [demandsOf(node)];
  return [...branchesOf(of(node, 'left')), ...branchesOf(of(node, 'right'))];
}

/** As that of PostgreSQL: outer joins only say how rows are found. */
function joinDemands(item: unknown): readonly Demand[] {
  const own = demandsOf(of(item, 'on'));
  return /^(?:INNER |CROSS )?JOIN$/.test(text(of(item, 'join')) ?? '')
    ? own
    : own.filter(({ kind }) => kind === 'join');
}

function operandOf(node: unknown): Operand {
  const column = columnOf(node);
  if (column) return { kind: 'column', ...column };
  const value = of(node, 'value');
  switch (of(node, 'type')) {
    case 'expr_list':
      return { kind: 'list', constant: list(value).every((item) => operandOf(item).kind === 'constant') };
    case 'number':
      return `${value}` === PARAMETER ? { kind: 'parameter' } : { kind: 'constant', value: Number(value) };
    case 'single_quote_string':
    case 'double_quote_string':
    case 'string':
      return { kind: 'constant', value: `${value}` };
    case 'bool':
      return { kind: 'constant', value: value === true };
    case 'null':
      return { kind: 'constant', value: null };
    default:
      return { kind: 'other' };
  }
}

function columnOf(node: unknown): ColumnName | null {
  const name = of(node, 'type') === 'column_ref' ? text(of(node, 'column')) : null;
  return name === null ? null : { of: text(of(node, 'table')), name };
}

function orderingOf(item: unknown): Ordering {
  return { column: columnOf(of(item, 'expr')), direction: of(item, 'type') === 'DESC' ? 'desc' : 'asc' };
}
