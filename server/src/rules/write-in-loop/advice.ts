import { calledName } from '#graph/describeLoop.ts';
import type { LoopCall } from '#graph/loopCalls.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { type BulkForm, bulkForm } from './bulkForm.ts';

/** What to write instead of row-by-row writes, named after the query at hand. */
export function writeAdvice(graph: ProjectGraph, call: LoopCall): string {
  const { first } = call;
  const advice = ADVICE[bulkForm(graph, first.site)](delegate(first.site));
  if (first.steps.length === 0) return advice;
  return `Give \`${calledName(graph, call)}\` a form that takes the whole list. ${advice}`;
}

const ADVICE: Readonly<Record<BulkForm, (delegate: string) => string>> = {
  createMany: (on) =>
    `Build the rows first and write them with one \`${on}.createMany({ data: rows })\`, in slices of about 1,000 for long lists.`,
  createManyAndReturn: (on) =>
    `Build the rows first and write them with one \`${on}.createManyAndReturn({ data: rows })\` (PostgreSQL, CockroachDB, SQLite), which also gives the ids back.`,
  updateMany: (on) =>
    `All rows get the same values: one \`${on}.updateMany({ where: { id: { in: ids } }, data })\` does it.`,
  deleteMany: (on) => `Collect the keys and run one \`${on}.deleteMany({ where: { id: { in: ids } } })\`.`,
  none: () =>
    'Where every row gets values of its own, send the writes as one batch with `$transaction([...])`, or as one raw `UPDATE … FROM (VALUES …)` or `INSERT … ON CONFLICT`.',
};

function delegate({ model }: QuerySite): string {
  return model ? model.name.charAt(0).toLowerCase() + model.name.slice(1) : 'model';
}
