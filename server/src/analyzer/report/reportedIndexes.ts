import type { Finding } from '#shared/finding.ts';
import { SEVERITIES } from '#shared/finding.ts';
import type { IndexToDrop } from '#shared/indexChange.ts';
import type { ReportedIndex, ReportedQuery } from '#shared/report.ts';

/** What findings say of indexes: those to add first, hints last, then by the time their queries took, by routes and by queries. */
export function reportedIndexes(
  findings: readonly Finding[],
  queries: readonly ReportedQuery[],
): readonly ReportedIndex[] {
  const byId = new Map(queries.map((query) => [query.id, query]));
  const found = findings.flatMap((finding) => reportedIndex(finding, byId) ?? []);
  return eachReplacedOnce(found.toSorted(byWorth));
}

interface Found {
  readonly reported: Omit<ReportedIndex, 'replaces'>;
  readonly replaces: readonly IndexToDrop[];
}

function reportedIndex(
  { id, severity, model, columns, index, file, line, column }: Finding,
  queries: ReadonlyMap<string, ReportedQuery>,
): Found | null {
  if (!index || model === null) return null;
  const { change, attribute, sql } = index;
  const served = change === 'add' ? index.serves.flatMap((query) => queries.get(query) ?? []) : [];
  const totals = served.flatMap(({ totalMs }) => totalMs ?? []);
  const reported = {
    ...{ finding: id, severity, change, model, columns, attribute, sql },
    serves: served.map((query) => query.id),
    routes: [...new Set(served.flatMap(({ routes }) => routes))].sort(),
    totalMs: totals.length > 0 ? totals.reduce((sum, each) => sum + each, 0) : null,
    ...{ file, line, column },
  };
  return { reported, replaces: change === 'add' ? index.replaces : [] };
}

function byWorth({ reported: a }: Found, { reported: b }: Found): number {
  return (
    Number(a.change === 'drop') - Number(b.change === 'drop') ||
    Number(a.severity === 'hint') - Number(b.severity === 'hint') ||
    (b.totalMs ?? -1) - (a.totalMs ?? -1) ||
    b.routes.length - a.routes.length ||
    b.serves.length - a.serves.length ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
  );
}

/** Two new indexes may begin with the same old one, which goes only once. */
function eachReplacedOnce(found: readonly Found[]): readonly ReportedIndex[] {
  const gone = new Set<string>();
  return found.map(({ reported, replaces }) => {
    const fresh = replaces.filter(({ at }) => !gone.has(keyOf(at)));
    for (const { at } of fresh) gone.add(keyOf(at));
    return { ...reported, replaces: fresh.map(({ attribute, sql }) => ({ attribute, sql })) };
  });
}

function keyOf({ file, span }: IndexToDrop['at']): string {
  return `${file}:${span.start}`;
}
