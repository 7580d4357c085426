import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { MeasuredBy, Rule } from '#rules/rule.ts';
import { type Finding, SEVERITIES, type Severity } from '#shared/finding.ts';
import type { Formers, Measurements } from '#shared/measurement.ts';
import type { Settings } from '#shared/settings.ts';
import { type SeenCall, sameSeen, seenCalls } from './seenCalls.ts';
import { spokenCalls } from './spokenCalls.ts';
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
      const speaksOf = spokenCalls(evidence.graph);
      const scale = createScale(evidence);
      const slow = slowPlaces(findings);
      const joined = findings.map((finding) => {
        const problem = problems.get(finding.rule);
        const seen = seenCalls(finding, speaksOf(finding), problem, evidence);
        if (seen.length === 0) return finding;
        const about = { problem, seen, slow: finding.rule === SLOW ? null : (slow.get(placeOf(finding)) ?? null) };
        const before = known.get(finding);
        if (before && isSame(before, about)) return before.joined;
        const now = { ...about, joined: joinOne(finding, about, scale) };
        known.set(finding, now);
        return now.joined;
      });
      return slow.size === 0 ? joined : withoutRepeated(joined, slow, problems);
    },
  };
}

/** What one finding is joined with. */
interface About {
  readonly problem: MeasuredBy | undefined;
  readonly seen: readonly SeenCall[];
  /** How loud it is that the call at the same place is slow; null where it is not. */
  readonly slow: Severity | null;
}

interface Joined extends About {
  readonly joined: Finding;
}

function joinOne(finding: Finding, { problem, seen, slow }: About, scale: Scale): Finding {
  const measured = withFigures(finding, seen, problem !== undefined);
  return problem === undefined ? measured : scale.weigh(measured, problem, seen, slow);
}

function isSame(before: Joined, now: About): boolean {
  return before.slow === now.slow && sameSeen(before.seen, now.seen);
}

function slowPlaces(findings: readonly Finding[]): ReadonlyMap<string, Severity> {
  const slow = findings.filter(({ rule }) => rule === SLOW);
  return new Map(slow.map((finding) => [placeOf(finding), finding.severity]));
}

function placeOf({ file, line, column }: Finding): string {
  return `${file}:${line}:${column}`;
}

/** That a call is slow is not said beside a finding at the same call that says why, and says it as loudly. */
function withoutRepeated(
  findings: readonly Finding[],
  slow: ReadonlyMap<string, Severity>,
  problems: ReadonlyMap<string, MeasuredBy | undefined>,
): readonly Finding[] {
  const explained = new Set(
    findings
      .filter((finding) => problems.get(finding.rule) !== undefined && isAsLoud(finding, slow.get(placeOf(finding))))
      .map(placeOf),
  );
  return findings.filter((finding) => finding.rule !== SLOW || !explained.has(placeOf(finding)));
}

function isAsLoud({ severity }: Finding, than: Severity | undefined): boolean {
  return than !== undefined && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(than);
}
