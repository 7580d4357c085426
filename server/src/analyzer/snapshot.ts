import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Rule } from '#rules/rule.ts';
import type { Coverage, Finding, Problem } from '#shared/finding.ts';
import type { Formers, Measurements } from '#shared/measurement.ts';
import type { Settings } from '#shared/settings.ts';
import type { Workspace } from '#workspace/workspace.ts';
import type { Phase } from './phases.ts';

/** One consistent answer over one state of the workspace. */
export interface Snapshot {
  /** Sorted by file, line, column, rule. */
  readonly findings: readonly Finding[];
  /** The same by the code alone, without what was measured: fixes are held against these, for of changed code nothing is measured. */
  readonly suggested: readonly Finding[];
  /** How many ignore comments hid. */
  readonly suppressed: number;
  readonly coverage: Coverage;
  /** Broken schemas, unreadable files, rules that threw: said once each, sorted. */
  readonly problems: readonly Problem[];
  readonly graph: ProjectGraph;
  /** Milliseconds by phase; differs from run to run, so it is printed only when asked for. */
  readonly phases: Readonly<Record<Phase, number>>;
}

/** Everything the engine needs from whoever composes it. */
export interface AnalyzerOptions {
  readonly workspace: Workspace;
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  /** What was measured of the calls of this graph; asked anew for each snapshot. Without it findings are those of the code alone. */
  readonly measurements?: (graph: ProjectGraph) => Measurements;
  /** What calls did before their queries were changed; asked in the same way. */
  readonly formers?: (graph: ProjectGraph) => Formers;
  /** Told what a person debugging wants to see, such as the stack of a rule that threw. */
  readonly log?: (text: string) => void;
  /** Told when a phase begins. */
  readonly onPhase?: (phase: Phase) => void;
  /** Told of each file whose facts are at hand, and how many are known to be needed so far; that number still grows. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Milliseconds of work after which others on this thread get a turn, for whoever has to answer meanwhile; without it all is done in one go. */
  readonly turnMs?: number;
}
