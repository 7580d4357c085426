import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Rule } from '#rules/rule.ts';
import type { Finding } from '#shared/finding.ts';
import type { Location, Range } from '#shared/location.ts';
import type { Settings } from '#shared/settings.ts';
import type { IgnoreFact } from '#syntax/facts.ts';
import { extractIgnores } from '#syntax/ignores.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { BUILT_IN_RULES, docsOf } from './builtInRules.ts';
import { fillMessage } from './fillMessage.ts';
import { findingIds } from './findingId.ts';
import { ignoreFindings } from './ignoreFindings.ts';
import { ruleLevels } from './ruleLevels.ts';
import type { RuleReport } from './runRules.ts';
import { severityOf } from './severity.ts';
import { type IgnoreComplaint, type KnownRules, suppress } from './suppressions.ts';
import { textPlaces } from './textPlaces.ts';
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

/** From what rules saw to what is said: weighed, named, and without what ignore comments hide. */
export function judge(reports: readonly RuleReport[], grounds: Grounds): Judgement {
  const place = textPlaces(grounds.graph, grounds.workspace);
  const found = toFindings(reports, grounds, place);
  const kept: Finding[] = [];
  const complaints: { readonly file: string; readonly complaint: IgnoreComplaint }[] = [];
  for (const [file, { items, ignores }] of byFile(found, grounds)) {
    const result = suppress(
      items.map((item) => suppressible(item, grounds.graph)),
      ignores,
      knownRules(file, grounds),
    );
    kept.push(...result.kept.map(({ finding }) => finding));
    complaints.push(...result.complaints.map((complaint) => ({ file, complaint })));
  }
  const findings = [...kept, ...ignoreFindings(complaints, grounds, place)].sort(byPlace);
  return { findings, suppressed: found.length - kept.length };
}

/** The order of findings everywhere. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule) || compare(a.id, b.id)
  );
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
  return ordered.map(({ rule, report, severity }, index) => {
    const { at, proof, model = null, operation = null, columns = [], related = [], fixes = [] } = report;
    const template = rule.messages[report.messageId];
    if (!template) throw new Error(`rule ${rule.id} has no message "${report.messageId}"`);
    const finding: Finding = {
      ...{ id: ids[index] ?? '', rule: rule.id, severity, proof, message: fillMessage(template, report.data) },
      ...{ file: at.file, ...place(at), model, operation, columns },
      related: related.map(({ at, message }) => ({ file: at.file, ...place(at), message })),
      ...{ fixes: fixes.map(write), measurement: null, docs: docsOf(rule.id) },
    };
    return { finding, at };
  });
}

/** A comment may stand above the finding's own line or above the call it is part of. */
function suppressible({ finding, at }: Found, graph: ProjectGraph) {
  const facts = graph.files.get(at.file);
  const calls = facts?.calls.filter(({ nameSpan }) => nameSpan.start === at.span.start) ?? [];
  const lineOf = (offset: number) => (facts?.lineStarts.findLastIndex((start) => start <= offset) ?? 0) + 1;
  return { finding, rule: finding.rule, lines: [finding.line, ...calls.map(({ span }) => lineOf(span.start))] };
}

interface FileItems {
  readonly items: readonly Found[];
  readonly ignores: readonly IgnoreFact[];
}

/** Files with findings or ignore comments; code that is left out by its role is not asked about its comments. */
function byFile(found: readonly Found[], { graph, workspace, settings }: Grounds): ReadonlyMap<string, FileItems> {
  const items = Map.groupBy(found, ({ finding }) => finding.file);
  const reported = (file: string) =>
    graph.role(file) === 'app' || settings.include.some((role) => role === graph.role(file));
  const ignores = new Map(
    [...graph.files.values()].filter(({ path }) => reported(path)).map((facts) => [facts.path, facts.ignores]),
  );
  for (const file of graph.schemas.flatMap(({ files }) => files))
    ignores.set(file, extractIgnores(workspace.read(file) ?? ''));
  const files = new Set([...items.keys(), ...[...ignores].filter(([, list]) => list.length > 0).map(([file]) => file)]);
  return new Map([...files].map((file) => [file, { items: items.get(file) ?? [], ignores: ignores.get(file) ?? [] }]));
}

function knownRules(file: string, { rules, settings }: Grounds): KnownRules {
  const setting = ruleLevels(settings);
  const on = new Set(rules.filter(({ meta }) => setting(meta, file).level !== 'off').map(({ meta }) => meta.id));
  return {
    ids: [...rules.map(({ meta }) => meta.id), ...BUILT_IN_RULES.map(({ id }) => id)],
    ran: (rule) => on.has(rule),
  };
}

function byLocation(a: Location, b: Location): number {
  return compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
