import type { Finding } from '#shared/finding.ts';
import type { ReportedIndex, ReportedQuery } from '#shared/report.ts';

const CHANGES: Readonly<Record<string, ReportedIndex['change']>> = {
  'missing-index': 'add',
  'redundant-index': 'drop',
};

/** What findings say of indexes; of those to add the ones first whose queries took most time. */
export function reportedIndexes(
  findings: readonly Finding[],
  queries: readonly ReportedQuery[],
): readonly ReportedIndex[] {
  const queryAt = new Map(queries.map((query) => [`${query.file}:${query.line}:${query.column}`, query]));
  const indexes = findings.flatMap(({ id, rule, model, columns, related, file, line, column }): ReportedIndex[] => {
    const change = CHANGES[rule];
    if (!change || model === null) return [];
    const found = related.flatMap((at) => queryAt.get(`${at.file}:${at.line}:${at.column}`) ?? []);
    const served = [...new Set(found)];
    const totals = served.flatMap(({ totalMs }) => totalMs ?? []);
    const totalMs = totals.length > 0 ? totals.reduce((sum, each) => sum + each, 0) : null;
    const serves = served.map((query) => query.id);
    return [{ finding: id, change, model, columns, serves, totalMs, file, line, column }];
  });
  return indexes.sort(
    (a, b) => (a.change < b.change ? -1 : a.change > b.change ? 1 : 0) || (b.totalMs ?? -1) - (a.totalMs ?? -1),
  );
}
