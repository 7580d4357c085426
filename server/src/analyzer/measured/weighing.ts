import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { MeasuredBy, Rule } from '#rules/rule.ts';
import { type Finding, PROOFS, type Proof, SEVERITIES, type Severity } from '#shared/finding.ts';
import type { Settings } from '#shared/settings.ts';
import { ruleLevels } from '../ruleLevels.ts';
import { severityOf } from '../severity.ts';
import { judgeSeen } from './judgeSeen.ts';
import type { SeenCall } from './seenCalls.ts';
import { verdictText } from './verdictText.ts';

/** Makes findings louder or quieter by what was seen. */
export interface Scale {
  /** `slow`: how loud it is that the call at which the finding stands is slow; null where it is not. */
  weigh(finding: Finding, problem: MeasuredBy, seen: readonly SeenCall[], slow: Severity | null): Finding;
}

/** What the database was seen to do outranks what the code suggests, and what the configuration says outranks both. */
export function createScale({ graph, settings, rules }: Grounds): Scale {
  const setting = ruleLevels(settings);
  const metas = new Map(rules.map(({ meta }) => [meta.id, meta]));

  function louder(finding: Finding, proof: Proof, slow: Severity | null): Severity {
    const meta = metas.get(finding.rule);
    if (!meta) return finding.severity;
    const { level } = setting(meta, finding.file);
    const weighed = loudest(finding.severity, 'warning', slow ?? 'hint');
    const weight = { proof, usual: meta.severity, weighed, level, role: graph.role(finding.file) };
    return severityOf(weight, settings.include) ?? finding.severity;
  }

  function isLeftToUs({ rule, file }: Finding): boolean {
    const meta = metas.get(rule);
    return meta !== undefined && setting(meta, file).level === null;
  }

  return {
    weigh: (finding, problem, seen, slow) => {
      const judged = judgeSeen(problem, seen, { finding, slow: slow !== null, thresholds: settings.measured });
      if (judged === null) return finding;
      const { verdict, call } = judged;
      const message = `${finding.message} ${verdictText(verdict, call.measurement, call.own ? null : call.site)}`;
      if (verdict.kind === 'harmless') {
        const isQuieter = finding.severity !== 'hint' && isLeftToUs(finding);
        return isQuieter ? { ...finding, severity: 'hint', message } : finding;
      }
      const proof = strongest(finding.proof, 'observed');
      return { ...finding, severity: louder(finding, proof, slow), proof, message };
    },
  };
}

interface Grounds {
  readonly graph: ProjectGraph;
  readonly settings: Settings;
  readonly rules: readonly Rule[];
}

function loudest(...severities: readonly Severity[]): Severity {
  return SEVERITIES.find((each) => severities.includes(each)) ?? 'hint';
}

function strongest(a: Proof, b: Proof): Proof {
  return PROOFS.indexOf(a) < PROOFS.indexOf(b) ? b : a;
}
