import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { MeasuredBy, Rule } from '#rules/rule.ts';
import { type Finding, SEVERITIES, type Severity } from '#shared/finding.ts';
import type { Formers, Measurements } from '#shared/measurement.ts';
import type { Settings } from '#shared/settings.ts';
import { type SeenCall, sameSeen, seenCalls } from './seenCalls.ts';
import { type SpokenCalls, spokenCalls } from './spokenCalls.ts';
import { createScale, type Scale } from './weighing.ts';
import { withFigures } from './withFigures.ts';

/** The rule that speaks of slow calls themselves; where another finding stands at such a call, that names the cause. */
const SLOW = 'slow-query';

/** What was measured, and what decides how much it counts. */
export interface Evidence {
  readonly graph: ProjectGraph;
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly measurements: Measurements;
  readonly formers: Formers;
}

/** Adds to findings what was measured of the calls they speak of, and makes them louder or quieter by it. */
export interface MeasurementJoin {
  /** The same findings where nothing was measured, and the same objects again as long as nothing new is known of them. */
  join(findings: readonly Finding[], evidence: Evidence): readonly Finding[];
}

export function createMeasurementJoin(): MeasurementJoin {
  const known = new WeakMap<Finding, Joined>();
  return {
    join: (findings, evidence) => {
      if (evidence.measurements.size + evidence.formers.size === 0) return findings;
      const problems = new Map(evidence.rules.map(({ meta }) => [meta.id, meta.measuredBy]));
      const isKnown = ({ id }: QuerySite) => evidence.measurements.has(id) || evidence.formers.has(id);
      const speaksOf = spokenCalls(evidence.graph, isKnown);
      const scale = createScale(evidence);
      const all = findings.map((finding) => ({
        finding,
        spoken: speaksOf(finding),
        problem: problems.get(finding.rule),
      }));
      const slow = slowCalls(all);
      const joined = all.map(({ finding, spoken, problem }) => {
        const seen = seenCalls(finding, spoken, problem, evidence);
        if (seen.length === 0) return { finding, spoken, problem };
        const about = { seen, slow: finding.rule === SLOW ? null : (slow.get(spoken.own?.id ?? '') ?? null) };
        const before = known.get(finding);
        if (before && isSame(before, about)) return { finding: before.joined, spoken, problem };
        const now = joinOne(finding, problem, about, scale);
        known.set(finding, { ...about, joined: now });
        return { finding: now, spoken, problem };
      });
      return withoutRepeated(joined, slow);
    },
  };
}

/** What one finding is joined with. */
interface About {
  readonly seen: readonly SeenCall[];
  /** How loud it is that the call at which it stands is slow; null where it is not. */
  readonly slow: Severity | null;
}

interface Joined extends About {
  readonly joined: Finding;
}

interface Spoken {
  readonly finding: Finding;
  readonly spoken: SpokenCalls;
  readonly problem: MeasuredBy | undefined;
}

function joinOne(finding: Finding, problem: MeasuredBy | undefined, { seen, slow }: About, scale: Scale): Finding {
  const measured = withFigures(finding, seen, problem !== undefined);
  return problem === undefined ? measured : scale.weigh(measured, problem, seen, slow);
}

function isSame(before: Joined, now: About): boolean {
  return before.slow === now.slow && sameSeen(before.seen, now.seen);
}

function slowCalls(all: readonly Spoken[]): ReadonlyMap<string, Severity> {
  const slow = all.filter(({ finding }) => finding.rule === SLOW);
  return new Map(slow.flatMap(({ finding, spoken: { own } }) => (own ? [[own.id, finding.severity]] : [])));
}

/** That a call is slow is not said beside a finding at the same call that says why, and says it as loudly. */
function withoutRepeated(all: readonly Spoken[], slow: ReadonlyMap<string, Severity>): readonly Finding[] {
  const explained = new Set(
    all
      .filter(({ finding, spoken, problem }) => explains(problem) && isAsLoud(finding, slow.get(spoken.own?.id ?? '')))
      .map(({ spoken }) => spoken.own?.id),
  );
  const kept = all.filter(({ finding, spoken }) => finding.rule !== SLOW || !explained.has(spoken.own?.id));
  return kept.map(({ finding }) => finding);
}

/** That calls wait for each other does not make one of them slow. */
function explains(problem: MeasuredBy | undefined): boolean {
  return problem === 'latency' || problem === 'repeats';
}

function isAsLoud({ severity }: Finding, than: Severity | undefined): boolean {
  return than !== undefined && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(than);
}
