import type { Budgets } from './budgets.ts';
import type { Severity } from './finding.ts';

export type RuleLevel = Severity | 'off';

export const PRESETS = ['recommended', 'strict', 'all'] as const;

/** Each holds the rules of those before it. */
export type Preset = (typeof PRESETS)[number];

/** Roles of files that are left out by default and may be asked for. */
export const REPORTABLE_ROLES = ['test', 'migration', 'seed', 'script', 'fixture', 'generated'] as const;

export type ReportableRole = (typeof REPORTABLE_ROLES)[number];

/** What a project tells about itself because no analysis can know it. */
export interface ProjectSettings {
  /** Known sizes: a model with few rows needs no paging and no index. */
  readonly models: Readonly<Record<string, { readonly rows: number }>>;
  /** Names of own functions that cache what they wrap or load. */
  readonly cacheHelpers: readonly string[];
  /** Own functions or files (globs) through which requests enter. */
  readonly entryPoints: readonly string[];
  /** Up to so many rows a model counts as small. */
  readonly smallModelRows: number;
}

/** From where on a measurement makes a finding louder or quieter; times in milliseconds. */
export interface MeasuredSettings {
  /** Of fewer executions it is not concluded that a call is dear. */
  readonly minSamples: number;
  /** Of fewer executions it is not concluded that a call is harmless. */
  readonly harmlessSamples: number;
  /** A p95 from which a call is slow. */
  readonly slowMs: number;
  /** Up to so much at the 95th percentile, for all executions of one request together, a call costs nothing worth mending. */
  readonly harmlessMs: number;
  /** Up to so many executions in one request nothing repeats. */
  readonly harmlessPerRequest: number;
  /** What the repetitions of one call may take of one request. */
  readonly repeatedMs: number;
  /** What share of one connection's time the executions of one call may take. */
  readonly busyShare: number;
}

/** What the configuration says about one rule; a null level leaves the rule's own. */
export interface RuleSetting {
  readonly level: RuleLevel | null;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The configuration after defaults, file and command line were put together. */
export interface Settings extends ProjectSettings {
  readonly preset: Preset;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly overrides: readonly {
    readonly files: readonly string[];
    readonly rules: Readonly<Record<string, RuleSetting>>;
  }[];
  /** Globs left out entirely. */
  readonly ignore: readonly string[];
  /** Roles reported although they are left out by default; never louder than a hint. */
  readonly include: readonly ReportableRole[];
  /** Schema files or folders, when they are not found by themselves. */
  readonly schemas: readonly string[];
  /** File of accepted findings, relative to the project's root. */
  readonly baseline: string;
  readonly reportUnusedIgnores: boolean;
  readonly measured: MeasuredSettings;
  readonly budgets: Budgets;
  /** Logs to follow: globs, relative to the project's root or absolute. */
  readonly logs: readonly string[];
  /** Regular expressions, case ignored, with the groups `name` or `sql`, and `ms` or `s`, for lines of the application that no format knows. */
  readonly logPatterns: readonly string[];
}
