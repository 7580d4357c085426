import { delegateName } from '#graph/describe.ts';
import { calledName } from '#graph/loops/describeLoop.ts';
import type { LoopCall } from '#graph/loops/loopCalls.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { keyField, relationBetween, rowsOf } from '#graph/relations.ts';

/** What to write instead of a repeated read, named after the query at hand. */
export function readAdvice(graph: ProjectGraph, call: LoopCall): string {
  const { first } = call;
  const { site, by } = first;
  const rows = by.kind === 'loop' ? rowsOf(graph, first.at.file, by.over) : null;
  if (site.access === 'raw')
    return 'Pass all values to one statement (`WHERE key IN (…)`, or a join) before the loop and look the rows up in a `Map`.';
  const advice = aggregateAdvice(graph, site) ?? relationAdvice(site, rows) ?? inListAdvice(graph, site);
  return first.steps.length > 0
    ? `${advice} Give \`${calledName(graph, call)}\` a form that takes the whole list.`
    : advice;
}

function aggregateAdvice(graph: ProjectGraph, site: QuerySite): string | null {
  if (site.operation !== 'count' && site.operation !== 'aggregate' && site.operation !== 'groupBy') return null;
  const key = keyField(graph, site);
  return `Run one \`${delegateName(site)}.groupBy({ by: ['${key}'], where: { ${key}: { in: keys } } })\` before the loop and look each figure up in a \`Map\`.`;
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
