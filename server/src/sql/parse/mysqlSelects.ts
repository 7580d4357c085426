import { isObject } from '#shared/jsonObject.ts';
import { mysqlShape } from './mysqlShape.ts';
import { list, of, text } from './nodes.ts';
import type { Output, Select, Source } from './select.ts';

/** The queries of a tree, or of a list of trees, as node-sql-parser makes them, changes of rows among them. */
export function mysqlSelects(tree: unknown): readonly Select[] {
  return Array.isArray(tree) ? tree.flatMap(selectsOf) : selectsOf(tree);
}

function selectsOf(statement: unknown): readonly Select[] {
  if (!isObject(statement)) return [];
  if (statement.type === 'update' || statement.type === 'delete') return [changeOf(statement)];
  if (statement.type !== 'select') return [];
  const named = namedQueries(list(statement.with));
  const [outputs, from] = [list(statement.columns).map(outputOf), list(statement.from).flatMap(sourceOf)];
  const own = { outputs, from, named, shape: mysqlShape(statement) };
  const others = selectsOf(statement._next);
  return [own, ...others.map((each) => ({ ...each, named: new Map([...named, ...each.named]) }))];
}

/** What `UPDATE` and `DELETE` change, as a query that finds it. */
function changeOf(statement: Readonly<Record<string, unknown>>): Select {
  const from = list(statement.type === 'update' ? statement.table : statement.from).flatMap(sourceOf);
  return { outputs: [], from, named: new Map(), shape: mysqlShape(statement) };
}

function namedQueries(items: readonly unknown[]): ReadonlyMap<string, readonly Select[]> {
  return new Map(
    items.flatMap((item) => {
      const name = text(of(of(item, 'name'), 'value'));
      return name === null ? [] : [[name, selectsOf(unwrapped(of(item, 'stmt')))] as const];
    }),
  );
}

function outputOf(column: unknown): Output {
  const expression = of(column, 'expr');
  if (of(expression, 'type') !== 'column_ref' || of(expression, 'column') !== '*') return { kind: 'column' };
  const end = of(of(of(column, 'loc'), 'end'), 'offset');
  return {
    kind: 'star',
    of: text(of(expression, 'table')),
    offset: typeof end === 'number' ? end - 1 : null,
  };
}

function sourceOf(item: unknown): readonly Source[] {
  const table = text(of(item, 'table'));
  const query = of(item, 'expr');
  const name = text(of(item, 'as'));
  if (table !== null) return [{ kind: 'table', table, name: name ?? table }];
  return query ? [{ kind: 'query', selects: selectsOf(unwrapped(query)), name: name ?? '' }] : [];
}

/** Inner queries are wrapped together with lists of what they use. */
function unwrapped(statement: unknown): unknown {
  return of(statement, 'ast') ?? statement;
}
