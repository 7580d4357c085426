import type { ReportedQuery, ReportOverview } from '#shared/report.ts';
import { changeText } from './measurementText.ts';
import { dateText } from './quantities.ts';

/** A query that is not what it was, in words. */
export interface ChangedQuery {
  readonly query: ReportedQuery;
  /** `was 51 queries, 412 ms p95 → 2, 9 ms`. */
  readonly text: string;
  /** `its code was changed (a1b2c3d, 20 Nov 2026)`, or `deploy v42, before it v41`. */
  readonly why: string;
}

/** Queries whose code was changed after they were measured, then those that are others since a deploy; by place. */
export function changedQueries(queries: readonly ReportedQuery[]): readonly ChangedQuery[] {
  const edited = queries.flatMap((query): readonly ChangedQuery[] => {
    const { former, measurement } = query;
    if (!former) return [];
    const when = [...(former.commit === null ? [] : [former.commit]), dateText(former.lastSeen)].join(', ');
    return [{ query, text: changeText(former, measurement), why: `its code was changed (${when})` }];
  });
  const deployed = queries.flatMap((query): readonly ChangedQuery[] => {
    if (!query.change) return [];
    const { before, after } = query.change;
    return [{ query, text: changeText(before, after), why: `deploy ${after.deploy}, before it ${before.deploy}` }];
  });
  return [...edited, ...deployed];
}

/** `3 more executions are of 1 call that is not in the code any more`. */
export function goneText({ calls, executions }: ReportOverview['gone']): string {
  const ran = `${executions.toLocaleString('en-US')} more ${executions === 1 ? 'execution is' : 'executions are'}`;
  const of = `${calls.toLocaleString('en-US')} ${calls === 1 ? 'call that is' : 'calls that are'}`;
  return `${ran} of ${of} not in the code any more`;
}
