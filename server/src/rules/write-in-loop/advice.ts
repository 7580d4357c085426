import { delegateName } from '#graph/describe.ts';
import { calledName } from '#graph/loops/describeLoop.ts';
import type { LoopCall } from '#graph/loops/loopCalls.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { keyField } from '#graph/relations.ts';
import { type BulkForm, bulkForm } from './bulkForm.ts';

/** What to write instead of row-by-row writes, named after the query at hand. */
export function writeAdvice(graph: ProjectGraph, call: LoopCall): string {
  const { first } = call;
  const { site } = first;
  const form = bulkForm(graph, site);
  const advice = site.driver ? DRIVER_ADVICE : ADVICE[form](delegateName(site), keyField(graph, site));
  if (first.steps.length === 0) return advice;
  return `Give \`${calledName(graph, call)}\` a form that takes the whole list. ${advice}`;
}

const ADVICE: Readonly<Record<BulkForm, (delegate: string, key: string) => string>> = {
  createMany: (on) =>
    `Build the rows first and write them with one \`${on}.createMany({ data: rows })\`, in slices of about 1,000 for long lists.`,
  createManyAndReturn: (on) =>
    `Build the rows first and write them with one \`${on}.createManyAndReturn({ data: rows })\` (PostgreSQL, CockroachDB, SQLite), which also gives the ids back.`,
  updateMany: (on, key) =>
    `All rows get the same values: one \`${on}.updateMany({ where: { ${key}: { in: keys } }, data })\` does it.`,
  deleteMany: (on, key) => `Collect the keys and run one \`${on}.deleteMany({ where: { ${key}: { in: keys } } })\`.`,
  none: () =>
    'Where every row gets values of its own, send the writes as one batch with `$transaction([...])`, or as one raw `UPDATE … FROM (VALUES …)` or `INSERT … ON CONFLICT`.',
};

const DRIVER_ADVICE =
  'Send all rows with one statement: an `INSERT` of many rows, `UPDATE … FROM (VALUES …)`, or `WHERE key IN (…)` where all get the same.';
