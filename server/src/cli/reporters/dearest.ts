import { placeText } from '#render/findingText.ts';
import { callsText } from '#words/measurementText.ts';
import { msText } from '#words/quantities.ts';
import { fromHere, type LintReport } from '../lintReport.ts';
import { spentMs } from './loudestFirst.ts';

/** A measured call with a finding, and the time its executions took together. */
export interface DearCall {
  readonly place: string;
  readonly rule: string;
  /** `16 min in 4,120 calls`. */
  readonly time: string;
}

const MOST = 3;

/** The findings at whose calls most time was spent, the dearest first; none where fewer than two are measured. */
export function dearest(report: LintReport): readonly DearCall[] {
  const byPlace = new Map(
    report.findings.filter(({ measurement }) => measurement).map((each) => [placeText(each), each]),
  );
  if (byPlace.size < 2) return [];
  const sorted = [...byPlace.values()].sort((a, b) => spentMs(b) - spentMs(a));
  return sorted.slice(0, MOST).map((finding) => ({
    place: placeText({ ...finding, file: fromHere(report, finding.file) }),
    rule: finding.rule,
    time: `${msText(spentMs(finding))} in ${callsText(finding.measurement?.calls ?? 0)}`,
  }));
}
