import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Coverage, Finding, Problem } from '#shared/finding.ts';

/** One consistent answer over one state of the workspace. */
export interface Snapshot {
  /** Sorted by file, line, column, rule. */
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  /** Broken schemas, unreadable files, rules that threw: said once each, sorted. */
  readonly problems: readonly Problem[];
  readonly graph: ProjectGraph;
}
