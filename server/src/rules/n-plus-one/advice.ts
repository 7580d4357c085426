import { delegateName } from '#graph/describe.ts';
import { calledName } from '#graph/loops/describeLoop.ts';
import { takeOf } from '#graph/loops/loopBound.ts';
import type { LoopCall } from '#graph/loops/loopCalls.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { argument } from '#graph/queryArgs.ts';
import { keyField, relationBetween, rowsOf } from '#graph/relations.ts';

/** What to write instead of a repeated read, named after the query at hand. */
export function readAdvice(graph: ProjectGraph, call: LoopCall): string {
  const { first } = call;
  const { site, by } = first;
  const rows = by.kind === 'loop' ? rowsOf(graph, first.at.file, by.over) : null;
  if (site.access === 'raw')
    return 'Pass all values to one statement (`WHERE key IN (…)`, or a join) before the loop and look the rows up in a `Map`.';
  const advice =
    aggregateAdvice(graph, site) ??
    firstOfEachAdvice(graph, site) ??
    relationAdvice(site, rows) ??
    inListAdvice(graph, site);
  return first.steps.length > 0
    ? `${advice} Give \`${calledName(graph, call)}\` a form that takes the whole list.`
    : advice;
}

function aggregateAdvice(graph: ProjectGraph, site: QuerySite): string | null {
  if (site.operation !== 'count' && site.operation !== 'aggregate' && site.operation !== 'groupBy') return null;
  const key = keyField(graph, site);
  return `Run one \`${delegateName(site)}.groupBy({ by: ['${key}'], where: { ${key}: { in: keys } } })\` before the loop and look each figure up in a \`Map\`.`;
}

/** A `take` of so many is there in case, and leaves no row out. */
const ENOUGH_FOR_ALL = 100;

/** One list of rows for all keys has no first ones of each, and a nested `take` reads them all. */
function firstOfEachAdvice(graph: ProjectGraph, site: QuerySite): string | null {
  const has = (name: string) => argument(graph, site, name) !== null;
  const key = keyField(graph, site);
  const take = takeOf(graph, site);
  if (site.operation === 'findMany' && has('take') && (take === null || take < ENOUGH_FOR_ALL))
    return `Read the first rows of each \`${key}\` with one SQL query: \`ROW_NUMBER() OVER (PARTITION BY …)\` before the loop.`;
  if (!/^findFirst/.test(site.operation) || !has('orderBy')) return null;
  return `Find the first row of each \`${key}\` at once, by \`groupBy\` with \`_max\` or \`_min\` and an \`in\` list, or by SQL with \`ROW_NUMBER\`, and look each up in a \`Map\`.`;
}

function relationAdvice(site: QuerySite, rows: QuerySite | null): string | null {
  if (!rows?.model || !site.model || rows.operation !== 'findMany') return null;
  const relation = relationBetween(rows.model, site.model);
  if (!relation) return null;
  return `Read it with the list: add \`${relation.name}\` to the \`select\` or \`include\` of the \`${rows.model.name}.findMany\` before the loop.`;
}

function inListAdvice(graph: ProjectGraph, site: QuerySite): string {
  const key = keyField(graph, site);
  return `Collect the keys, run one \`${delegateName(site)}.findMany({ where: { ${key}: { in: keys } } })\` before the loop and look each row up in a \`Map\`.`;
}
