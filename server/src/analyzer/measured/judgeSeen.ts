import type { MeasuredBy } from '#rules/rule.ts';
import type { Finding } from '#shared/finding.ts';
import type { Measurement } from '#shared/measurement.ts';
import type { MeasuredSettings } from '#shared/settings.ts';
import { dearest, type SeenCall } from './seenCalls.ts';
import { type Verdict, verdictOn } from './verdict.ts';

/** A verdict with the call by which it is told. */
export interface Judged {
  readonly verdict: Verdict;
  readonly call: MeasuredCall;
}

export interface MeasuredCall extends SeenCall {
  readonly measurement: Measurement;
}

export interface Grounds {
  readonly finding: Finding;
  /** The call at which the finding stands was found to be slow. */
  readonly slow: boolean;
  readonly thresholds: MeasuredSettings;
}

/** What was seen of all calls a finding speaks of, together; null where that is open. */
export function judgeSeen(problem: MeasuredBy, seen: readonly SeenCall[], grounds: Grounds): Judged | null {
  const calls = seen.flatMap((call) => (call.measurement ? [{ ...call, measurement: call.measurement }] : []));
  const found = calls.map((call) => ({
    call,
    verdict: verdictOn(problem, call.measurement, grounds.thresholds, call.certain),
  }));
  return problem === 'waits' ? judgeWaits(found, grounds) : judgeCalls(found, seen.length, grounds);
}

interface Found {
  readonly call: MeasuredCall;
  readonly verdict: Verdict | null;
}

/** Rules point to at most ten queries. */
const MOST_NAMED = 10;

/** One hot call is enough; harmless are only all of them together. Told by the dearest. */
function judgeCalls(found: readonly Found[], count: number, { slow }: Grounds): Judged | null {
  const hot = dearestOf(told(found, 'hot'));
  if (hot) return hot;
  const own = found.find(({ call }) => call.own);
  if (slow && own && own.verdict === null) return { call: own.call, verdict: { kind: 'hot', by: 'latency' } };
  const harmless = told(found, 'harmless');
  return harmless.length < count || count >= MOST_NAMED ? null : dearestOf(harmless);
}

/** All waits but the longest are lost: harmless if these are short, hot if there is a long one among them. */
function judgeWaits(found: readonly Found[], { finding: { related } }: Grounds): Judged | null {
  const count = related.length + 1;
  const long = told(found, 'hot').filter(({ verdict }) => verdict.by === 'latency');
  const [, lost] = long.toSorted(byLength);
  if (lost) return lost;
  const short = told(found, 'harmless').toSorted(byLength);
  if (short.length < count - 1) return null;
  return (short.length < count ? short[0] : short[1]) ?? null;
}

function told(found: readonly Found[], kind: Verdict['kind']): readonly Judged[] {
  return found.flatMap(({ call, verdict }) => (verdict?.kind === kind ? [{ call, verdict }] : []));
}

function dearestOf(judged: readonly Judged[]): Judged | null {
  const call = dearest(judged.map((each) => each.call));
  return judged.find((each) => each.call === call) ?? null;
}

function byLength(a: Judged, b: Judged): number {
  return lengthOf(b.call) - lengthOf(a.call);
}

function lengthOf({ measurement: { p95Ms, maxMs } }: MeasuredCall): number {
  return p95Ms ?? maxMs;
}
