import { type ColumnName, comparing, type Demand, type Operand, UNKNOWN } from './demands.ts';
import { list, of, text } from './nodes.ts';
import { AGGREGATES, type Ordering, type Shape } from './shape.ts';

/** The shape of a `SelectStmt` as PostgreSQL's parser makes it. */
export function postgresShape(select: unknown): Shape {
  return {
    demands: [...demandsOf(of(select, 'whereClause')), ...list(of(select, 'fromClause')).flatMap(joinDemands)],
    order: list(of(select, 'sortClause')).map((each) => orderingOf(of(each, 'SortBy'))),
    limited: of(select, 'limitCount') !== undefined && !isNothing(of(select, 'limitCount')),
    skips: of(select, 'limitOffset') !== undefined,
    grouped: isGrouped(select),
  };
}

/** `LIMIT ALL` and `LIMIT NULL`. */
function isNothing(limit: unknown): boolean {
  return of(of(limit, 'A_Const'), 'isnull') === true;
}

function isGrouped(select: unknown): boolean {
  if (list(of(select, 'groupClause')).length > 0 || list(of(select, 'distinctClause')).length > 0) return true;
  return list(of(select, 'targetList')).some((target) => {
    const call = of(of(of(target, 'ResTarget'), 'val'), 'FuncCall');
    return AGGREGATES.has(lastName(of(call, 'funcname'))) && of(call, 'over') === undefined;
  });
}

function demandsOf(node: unknown): readonly Demand[] {
  if (node === undefined) return [];
  const both = of(node, 'BoolExpr');
  if (of(both, 'boolop') === 'AND_EXPR') return list(of(both, 'args')).flatMap(demandsOf);
  if (of(both, 'boolop') === 'OR_EXPR') return [{ kind: 'either', branches: list(of(both, 'args')).map(demandsOf) }];
  const test = of(node, 'NullTest');
  if (test !== undefined) {
    const operator = of(test, 'nulltesttype') === 'IS_NULL' ? 'IS' : 'IS NOT';
    return [comparing(operator, operandOf(of(test, 'arg')), { kind: 'constant', value: null })];
  }
  const operand = operandOf(node);
  if (operand.kind === 'column') return [comparing('=', operand, { kind: 'constant', value: true })];
  return [expressionDemand(of(node, 'A_Expr'))];
}

const KINDS: Readonly<Record<string, string>> = { AEXPR_BETWEEN: 'BETWEEN', AEXPR_LIKE: 'LIKE', AEXPR_ILIKE: 'ILIKE' };

function expressionDemand(expression: unknown): Demand {
  const kind = text(of(expression, 'kind')) ?? '';
  const name = lastName(of(expression, 'name'));
  const [left, right] = [operandOf(of(expression, 'lexpr')), operandOf(of(expression, 'rexpr'))];
  if (kind === 'AEXPR_OP') return comparing(name, left, right);
  if (kind === 'AEXPR_IN') return comparing(name === '=' ? 'IN' : 'NOT IN', left, right);
  if (kind === 'AEXPR_OP_ANY') return name === '=' ? comparing('IN', left, { kind: 'list', constant: false }) : UNKNOWN;
  const operator = KINDS[kind];
  return operator === undefined || name.startsWith('!') ? UNKNOWN : comparing(operator, left, right);
}

/** What the `ON` of an inner join asks holds as what `WHERE` asks does; of an outer join only how rows are found. */
function joinDemands(item: unknown): readonly Demand[] {
  const join = of(item, 'JoinExpr');
  if (join === undefined) return [];
  const own = demandsOf(of(join, 'quals'));
  const sides = [of(join, 'larg'), of(join, 'rarg')].flatMap(joinDemands);
  return [...sides, ...(of(join, 'jointype') === 'JOIN_INNER' ? own : own.filter(({ kind }) => kind === 'join'))];
}

function operandOf(node: unknown): Operand {
  const column = columnOf(node);
  if (column) return { kind: 'column', ...column };
  if (of(node, 'ParamRef') !== undefined) return { kind: 'parameter' };
  if (of(node, 'TypeCast') !== undefined) return operandOf(of(of(node, 'TypeCast'), 'arg'));
  const items = of(of(node, 'List'), 'items');
  if (Array.isArray(items))
    return { kind: 'list', constant: items.every((item) => operandOf(item).kind === 'constant') };
  return constantOf(of(node, 'A_Const'));
}

function constantOf(constant: unknown): Operand {
  if (constant === undefined) return { kind: 'other' };
  const [word, number, flag] = [of(of(constant, 'sval'), 'sval'), of(constant, 'ival'), of(constant, 'boolval')];
  if (typeof word === 'string') return { kind: 'constant', value: word };
  if (number !== undefined) return { kind: 'constant', value: Number(of(number, 'ival') ?? 0) };
  if (flag !== undefined) return { kind: 'constant', value: of(flag, 'boolval') === true };
  return of(constant, 'isnull') === true ? { kind: 'constant', value: null } : { kind: 'list', constant: true };
}

function columnOf(node: unknown): ColumnName | null {
  const names = list(of(of(node, 'ColumnRef'), 'fields')).map((field) => text(of(of(field, 'String'), 'sval')));
  const name = names.at(-1) ?? null;
  return name === null ? null : { of: names.at(-2) ?? null, name };
}

function orderingOf(sort: unknown): Ordering {
  const direction = of(sort, 'sortby_dir') === 'SORTBY_DESC' ? 'desc' : 'asc';
  return { column: columnOf(of(sort, 'node')), direction };
}

function lastName(names: unknown): string {
  return text(of(of(list(names).at(-1), 'String'), 'sval')) ?? '';
}
