import type { DeployChange } from '#shared/periods.ts';
import type { PerformanceReport, ReportedQuery, ReportedRoute, ReportOverview, ReportPlace } from '#shared/report.ts';
import { changeText } from './measurementText.ts';
import { dateText } from './quantities.ts';

/** A query or a route that is not what it was, in words. */
export interface Changed extends ReportPlace {
  /** `Order.findMany`, `GET /api/orders`. */
  readonly name: string;
  /** `was 51 queries, 412 ms p95 → 2, 9 ms`. */
  readonly text: string;
  /** `its code was changed (a1b2c3d, 20 Nov 2026)`, or `deploy v42, before it v41`. */
  readonly why: string;
}

/** Routes that are others since a deploy, queries whose code was changed after they were measured, then those that are others since a deploy; each by place. */
export function whatChanged({ queries, routes }: PerformanceReport): readonly Changed[] {
  return [...routes.flatMap(changedRoute), ...queries.flatMap(editedQuery), ...queries.flatMap(changedQuery)];
}

function changedRoute({ name, change, file, line, column }: ReportedRoute): readonly Changed[] {
  if (!change) return [];
  const asked = ({ callsPerRequest, msPerRequest }: typeof change.before) => {
    return { perRequest: callsPerRequest, meanMs: msPerRequest, p95Ms: null };
  };
  const text = changeText(asked(change.before), asked(change.after));
  return [{ name, text, why: deployText(change), file, line, column }];
}

function editedQuery({ name, former, measurement, file, line, column }: ReportedQuery): readonly Changed[] {
  if (!former) return [];
  const when = [...(former.commit === null ? [] : [former.commit]), dateText(former.lastSeen)].join(', ');
  const why = `its code was changed (${when})`;
  return [{ name, text: changeText(former, measurement), why, file, line, column }];
}

function changedQuery({ name, change, file, line, column }: ReportedQuery): readonly Changed[] {
  if (!change) return [];
  return [{ name, text: changeText(change.before, change.after), why: deployText(change), file, line, column }];
}

function deployText({ before, after }: DeployChange<{ readonly deploy: string }>): string {
  return `deploy ${after.deploy}, before it ${before.deploy}`;
}

/** `3 more executions are of 1 call that is not in the code any more`. */
export function goneText({ calls, executions }: ReportOverview['gone']): string {
  const ran = `${executions.toLocaleString('en-US')} more ${executions === 1 ? 'execution is' : 'executions are'}`;
  const of = `${calls.toLocaleString('en-US')} ${calls === 1 ? 'call that is' : 'calls that are'}`;
  return `${ran} of ${of} not in the code any more`;
}
