import { positionAt } from '#graph/places.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Rule } from '#rules/rule.ts';
import type { Finding } from '#shared/finding.ts';
import type { Location, Range } from '#shared/location.ts';
import type { Settings } from '#shared/settings.ts';
import type { IgnoreFact } from '#syntax/facts.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { BUILT_IN_RULES, docsOf } from './builtInRules.ts';
import { fillMessage } from './fillMessage.ts';
import { findingIds } from './findingId.ts';
import { byPlace } from './findingOrder.ts';
import { ignoreFindings } from './ignoreFindings.ts';
import { ruleLevels } from './ruleLevels.ts';
import type { RuleReport } from './runRules.ts';
import { severityOf } from './severity.ts';
import { type KnownRules, suppress } from './suppressions.ts';
import { fixWriter } from './writeFixes.ts';

/** What reports are judged by. */
export interface Grounds {
  readonly graph: ProjectGraph;
  readonly workspace: Workspace;
  readonly settings: Settings;
  readonly rules: readonly Rule[];
}

export interface Judgement {
  /** Sorted by file, line, column, rule. */
  readonly findings: readonly Finding[];
  /** How many ignore comments hid. */
  readonly suppressed: number;
}

/** All reports and ignore comments of one file. */
export interface FileCase {
  readonly file: string;
  readonly reports: readonly RuleReport[];
  readonly ignores: readonly IgnoreFact[];
}

/** Judges one file, which hangs on no other: names count within a file, and comments hide only what is below them. */
export function judgeFile(
  { file, reports, ignores }: FileCase,
  grounds: Grounds,
  place: (at: Location) => Range,
): Judgement {
  const found = toFindings(reports, grounds, place);
  const { kept, complaints } = suppress(
    found.map((item) => suppressible(item, grounds.graph)),
    ignores,
    knownRules(file, grounds),
  );
  const own = ignoreFindings(
    complaints.map((complaint) => ({ file, complaint })),
    grounds,
    place,
  );
  const findings = [...kept.map(({ finding }) => finding), ...own].sort(byPlace);
  return { findings, suppressed: found.length - kept.length };
}

interface Found {
  readonly finding: Finding;
  readonly at: Location;
}

/** Named before anything is hidden, so that an ignore comment changes no other finding's id. */
function toFindings(
  reports: readonly RuleReport[],
  grounds: Grounds,
  place: (at: Location) => Range,
): readonly Found[] {
  const setting = ruleLevels(grounds.settings);
  const weighed = reports.flatMap(({ rule, report }) => {
    const { level } = setting(rule.meta, report.at.file);
    const role = grounds.graph.role(report.at.file);
    const weight = { proof: report.proof, usual: rule.meta.severity, weighed: report.severity, level, role };
    const severity = severityOf(weight, grounds.settings.include);
    return severity === null ? [] : [{ rule: rule.meta, report, severity }];
  });
  const ordered = weighed.sort((a, b) => byLocation(a.report.at, b.report.at));
  const ids = findingIds(
    ordered.map(({ rule, report: { at, symbol, model = null, operation = null, columns = [] } }) => ({
      ...{ rule: rule.id, file: at.file, symbol, model, operation, columns },
    })),
  );
  const write = fixWriter((file) => grounds.workspace.read(file), grounds.graph.files);
  return ordered.map(({ rule, report, severity }, order) => {
    const { at, proof, model = null, operation = null, columns = [], related = [], fixes = [], index } = report;
    const template = rule.messages[report.messageId];
    if (!template) throw new Error(`rule ${rule.id} has no message "${report.messageId}"`);
    const finding: Finding = {
      ...{ id: ids[order] ?? '', rule: rule.id, severity, proof, message: fillMessage(template, report.data) },
      ...{ file: at.file, ...place(at), model, operation, columns },
      related: related.map(({ at, message }) => ({ file: at.file, ...place(at), message })),
      ...{ fixes: fixes.map(write), measurement: null, docs: docsOf(rule.id), ...(index && { index }) },
    };
    return { finding, at };
  });
}

/** A comment may stand above the finding's own line or above the call it is part of. */
function suppressible({ finding, at }: Found, graph: ProjectGraph) {
  const facts = graph.files.get(at.file);
  const calls = facts?.calls.filter(({ nameSpan }) => nameSpan.start === at.span.start) ?? [];
  const lineOf = (offset: number) => positionAt(facts?.lineStarts ?? [], offset).line;
  return { finding, rule: finding.rule, lines: [finding.line, ...calls.map(({ span }) => lineOf(span.start))] };
}

function knownRules(file: string, { rules, settings }: Grounds): KnownRules {
  const setting = ruleLevels(settings);
  const on = new Set(rules.filter(({ meta }) => setting(meta, file).level !== 'off').map(({ meta }) => meta.id));
  return {
    ids: [...rules.map(({ meta }) => meta.id), ...BUILT_IN_RULES.map(({ id }) => id)],
    ran: (rule) => on.has(rule) && !hangOnMeasurements(rules).has(rule),
  };
}

/** Rules whose findings come and go with what was measured, so that their absence says nothing of the code. */
export function hangOnMeasurements(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.filter(({ meta }) => meta.needs.includes('measurements')).map(({ meta }) => meta.id));
}

function byLocation(a: Location, b: Location): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
