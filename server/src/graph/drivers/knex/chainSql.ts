import type { ProjectGraph, QuerySite, ResolvedValue } from '../../projectGraph.ts';
import type { DriverQuery } from '../driverQuery.ts';
import { stepsBetween } from '../steps.ts';
import { isBuiltFurther } from './builtFurther.ts';
import { newStatement, type Statement, takeStep } from './statement.ts';
import { joined, notKnown, type Pen, type Sql, text } from './writing.ts';

/** The statement that Knex makes of the steps of a query, with something not known where others go on building it. */
export function chainSql(
  graph: ProjectGraph,
  site: QuerySite,
  { first, table }: Extract<DriverQuery, { kind: 'chain' }>,
  rawText: (text: ResolvedValue, values: ResolvedValue | null) => Sql,
): Sql {
  const quote = site.schema.provider === 'mysql' || site.schema.provider === 'sqlite' ? '`' : '"';
  const statement = newStatement();
  const end: Pen = { graph, file: site.file, call: site.call, quote, rawText };
  for (const call of stepsBetween(site.facts, first, site.call)) {
    const pen = { ...end, call };
    if (call.index === first && table) takeStep(statement, { ...pen, call: asFrom(call) });
    else takeStep(statement, pen);
  }
  if (isBuiltFurther(graph, site)) statement.tail.push([text(end, ' '), notKnown(end, undefined)]);
  return written(statement, end);
}

/** `db('posts')` names the table as `db.from('posts')` does. */
function asFrom(call: QuerySite['call']): QuerySite['call'] {
  return { ...call, callee: { ...call.callee, path: ['from'] } };
}

function written(statement: Statement, pen: Pen): Sql {
  const { kind, table, data, tail } = statement;
  const from = table ?? [notKnown(pen, undefined)];
  const where = clause(pen, ' where ', conditions(statement, pen));
  switch (kind) {
    case 'insert':
      return [text(pen, 'insert into '), ...from, ...(data ?? []), ...tail.flat()];
    case 'update':
      return [text(pen, 'update '), ...from, text(pen, ' set '), ...(data ?? []), ...where, ...tail.flat()];
    case 'delete':
      return [text(pen, 'delete from '), ...from, ...where, ...tail.flat()];
    default:
      return [...selected(statement, pen, from), ...where, ...ordered(statement, pen), ...tail.flat()];
  }
}

function selected({ columns, distinct, joins }: Statement, pen: Pen, from: Sql): Sql {
  const list = columns.length > 0 ? joined(pen, columns, ', ') : [text(pen, '*')];
  return [text(pen, distinct ? 'select distinct ' : 'select '), ...list, text(pen, ' from '), ...from, ...joins.flat()];
}

function ordered({ group, order, limit, offset }: Statement, pen: Pen): Sql {
  return [
    ...clause(pen, ' group by ', joined(pen, group, ', ')),
    ...clause(pen, ' order by ', joined(pen, order, ', ')),
    ...clause(pen, ' limit ', limit ?? []),
    ...clause(pen, ' offset ', offset ?? []),
  ];
}

function clause(pen: Pen, begin: string, rest: Sql): Sql {
  return rest.length > 0 ? [text(pen, begin), ...rest] : [];
}

function conditions({ where }: Statement, pen: Pen): Sql {
  return where.flatMap(({ glue, sql }, at) => (at === 0 ? sql : [text(pen, ` ${glue} `), ...sql]));
}
