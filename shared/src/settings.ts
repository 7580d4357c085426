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
  /** Logs to follow: globs, relative to the project's root or absolute. */
  readonly logs: readonly string[];
  /** Regular expressions, case ignored, with the groups `name` or `sql`, and `ms` or `s`, for lines of the application that no format knows. */
  readonly logPatterns: readonly string[];
}
