import { isObject } from '#shared/jsonObject.ts';
import { byteOffsets } from './byteOffsets.ts';
import { list, of, text } from './nodes.ts';
import { postgresShape } from './postgresShape.ts';
import type { Output, Select, Source } from './select.ts';

/** The queries of a tree as PostgreSQL's own parser makes it, changes of rows among them; its places are counted in bytes. */
export function postgresSelects(tree: unknown, sql: string): readonly Select[] {
  const characterAt = byteOffsets(sql);
  return list(of(tree, 'stmts')).flatMap((each) => {
    const statement = of(each, 'stmt');
    const changing = of(statement, 'UpdateStmt') ?? of(statement, 'DeleteStmt');
    return isObject(changing) ? [changeOf(changing, characterAt)] : selectsOf(of(statement, 'SelectStmt'), characterAt);
  });
}

/** What `UPDATE` and `DELETE` change, as a query that finds it. */
function changeOf(statement: Readonly<Record<string, unknown>>, at: CharacterAt): Select {
  const others = [...list(statement.fromClause), ...list(statement.usingClause)];
  const from = [{ RangeVar: statement.relation }, ...others].flatMap((item) => sourcesOf(item, at));
  return { outputs: [], from, named: new Map(), shape: postgresShape(statement) };
}

type CharacterAt = (byte: number) => number;

function selectsOf(select: unknown, at: CharacterAt): readonly Select[] {
  if (!isObject(select)) return [];
  const named = namedQueries(of(select, 'withClause'), at);
  if (select.op === 'SETOP_NONE' || select.op === undefined) return [{ ...bodyOf(select, at), named }];
  const branches = [select.larg, select.rarg].flatMap((branch) => selectsOf(branch, at));
  return branches.map((branch) => ({ ...branch, named: new Map([...named, ...branch.named]) }));
}

function bodyOf(select: Readonly<Record<string, unknown>>, at: CharacterAt): Omit<Select, 'named'> {
  return {
    outputs: list(select.targetList).map((target) => outputOf(of(of(target, 'ResTarget'), 'val'), at)),
    from: list(select.fromClause).flatMap((item) => sourcesOf(item, at)),
    shape: postgresShape(select),
  };
}

function outputOf(value: unknown, at: CharacterAt): Output {
  const column = of(value, 'ColumnRef');
  const fields = list(of(column, 'fields'));
  if (!isObject(of(fields.at(-1), 'A_Star'))) return { kind: 'column' };
  const start = of(column, 'location');
  return {
    kind: 'star',
    of: text(of(of(fields.at(-2), 'String'), 'sval')),
    // Of `u.*` the place of `u` is told.
    offset: fields.length === 1 && typeof start === 'number' ? at(start) : null,
  };
}

function sourcesOf(item: unknown, at: CharacterAt): readonly Source[] {
  const join = of(item, 'JoinExpr');
  if (isObject(join)) return [join.larg, join.rarg].flatMap((side) => sourcesOf(side, at));
  const table = of(item, 'RangeVar');
  const name = text(of(table, 'relname'));
  if (name !== null) return [{ kind: 'table', table: name, name: aliasOf(table) ?? name }];
  const query = of(item, 'RangeSubselect');
  if (!isObject(query)) return [];
  const selects = selectsOf(of(query.subquery, 'SelectStmt'), at);
  return [{ kind: 'query', selects, name: aliasOf(query) ?? '' }];
}

function aliasOf(item: unknown): string | null {
  return text(of(of(item, 'alias'), 'aliasname'));
}

function namedQueries(clause: unknown, at: CharacterAt): ReadonlyMap<string, readonly Select[]> {
  const queries = list(of(clause, 'ctes')).map((each) => of(each, 'CommonTableExpr'));
  return new Map(
    queries.flatMap((query) => {
      const name = text(of(query, 'ctename'));
      const selects = selectsOf(of(of(query, 'ctequery'), 'SelectStmt'), at);
      return name === null ? [] : [[name, selects] as const];
    }),
  );
}
