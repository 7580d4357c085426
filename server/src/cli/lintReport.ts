import { posix } from 'node:path';
import type { BaselineEntry } from '#analyzer/baseline.ts';
import type { Coverage, Finding, Problem, Severity } from '#shared/finding.ts';

/** Everything a reporter may print; it asks nobody else. */
export interface LintReport {
  readonly version: string;
  /** Paths are relative to the linted root. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly coverage: Coverage;
  readonly baseline: { readonly accepted: number; readonly stale: readonly BaselineEntry[] };
  /** Hidden by ignore comments. */
  readonly suppressed: number;
  /** What of the running system was used; null where nothing was. */
  readonly measured: MeasuredSummary | null;
  readonly rules: readonly RuleText[];
  /** Only with `--stats`. */
  readonly stats: Stats | null;
  /** The linted root as seen from where the command runs, or from the checkout for formats CI services read; `''` when they are the same. */
  readonly prefix: string;
  /** A file's text, for code frames. */
  readonly read: (file: string) => string | null;
}

/** Measurements that belong to calls of the linted projects. */
export interface MeasuredSummary {
  readonly calls: number;
  readonly executions: number;
  /** The last hour in which one of them ran, as its beginning in milliseconds since 1970; null where none was counted. */
  readonly lastSeen: number | null;
}

/** What formats that list rules say of one. */
export interface RuleText {
  readonly id: string;
  readonly finds: string;
  readonly why: string;
  readonly docs: string;
}

/** Times in milliseconds, memory in bytes. */
export interface Stats {
  readonly phases: Readonly<Record<string, number>>;
  readonly totalMs: number;
  readonly peakMemory: number;
}

/** A file that was left out is worth a look; anything else means that the answer is not whole. */
export function problemLevel({ kind }: Problem): Extract<Severity, 'error' | 'warning'> {
  return kind === 'file' || kind === undefined ? 'warning' : 'error';
}

/** The file as {@link LintReport.prefix} says. */
export function fromHere({ prefix }: Pick<LintReport, 'prefix'>, file: string): string {
  return prefix === '' || file === '' ? file : posix.join(prefix, file);
}
