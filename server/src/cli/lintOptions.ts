import { BUILT_IN_RULES } from '#analyzer/builtInRules.ts';
import { Failure } from '#analyzer/failure.ts';
import { didYouMean } from '#analyzer/nearestName.ts';
import type { Rule } from '#rules/rule.ts';
import { SEVERITIES } from '#shared/finding.ts';
import { REPORTABLE_ROLES, type ReportableRole, type RuleLevel, type Settings } from '#shared/settings.ts';
import type { UseOfEvidence } from './projectEvidence.ts';
import { type Format, isFormat, REPORTERS } from './reporters/reporters.ts';

/** What the command line asks of `lint`, checked. */
export interface LintOptions {
  readonly format: Format;
  readonly config: string | null;
  readonly levels: Readonly<Record<string, RuleLevel>>;
  readonly include: readonly ReportableRole[];
  readonly maxWarnings: number;
  readonly quiet: boolean;
  /** Judge only files that differ from `ref`, or from the last commit for null. */
  readonly changed: { readonly ref: string | null } | null;
  /** A file, the one the configuration names, or none at all. */
  readonly baseline: { readonly file: string } | 'configured' | 'none';
  readonly passOnStale: boolean;
  readonly fix: 'write' | 'dry-run' | null;
  readonly stats: boolean;
  /** Hold findings about indexes against the database's plans; where from for PostgreSQL. */
  readonly plans: { readonly postgres: string | null } | null;
  readonly evidence: UseOfEvidence;
  readonly stdin: { readonly file: string } | null;
}

/** Option values as commander gives them. */
export interface RawLintOptions {
  readonly format: string;
  readonly config?: string;
  readonly rule?: readonly string[];
  readonly include?: readonly string[];
  readonly maxWarnings: string;
  readonly quiet?: boolean;
  readonly changed?: boolean;
  readonly since?: string;
  readonly baseline?: string | boolean;
  readonly passOnStale?: boolean;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly stats?: boolean;
  readonly plans?: boolean;
  readonly postgres?: string;
  readonly evidence?: boolean;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly printConfig?: boolean;
  readonly init?: boolean;
}

/** Throws a {@link Failure} that names the option and what it takes. */
export function checkLintOptions(raw: RawLintOptions, rules: readonly Rule[]): LintOptions {
  if (raw.stdin && !raw.stdinFilename) {
    throw new Failure('--stdin needs --stdin-filename PATH, which says where the text belongs');
  }
  if (raw.stdinFilename && (raw.fix || raw.changed || raw.since)) {
    throw new Failure('--stdin-filename lints one text and cannot be combined with --fix, --changed or --since');
  }
  return {
    format: checkFormat(raw.format),
    config: raw.config ?? null,
    levels: Object.fromEntries((raw.rule ?? []).map((entry) => checkLevel(entry, rules))),
    include: (raw.include ?? []).flatMap((list) => list.split(',')).map(checkRole),
    maxWarnings: checkCount(raw.maxWarnings),
    quiet: raw.quiet ?? false,
    changed: raw.changed || raw.since !== undefined ? { ref: raw.since ?? null } : null,
    baseline:
      typeof raw.baseline === 'string' ? { file: raw.baseline } : raw.baseline === false ? 'none' : 'configured',
    passOnStale: raw.passOnStale ?? false,
    fix: raw.fixDryRun ? 'dry-run' : raw.fix ? 'write' : null,
    stats: raw.stats ?? false,
    plans: raw.plans || raw.postgres !== undefined ? { postgres: raw.postgres ?? null } : null,
    evidence: raw.evidence === undefined ? 'present' : raw.evidence ? 'required' : 'none',
    stdin: raw.stdinFilename ? { file: raw.stdinFilename } : null,
  };
}

/** The configuration with what the command line adds: its levels win everywhere, over per-glob ones too. */
export function withOptions(
  settings: Settings,
  { levels, include }: Pick<LintOptions, 'levels' | 'include'>,
): Settings {
  const rules = Object.fromEntries(
    Object.entries(levels).map(([id, level]) => [id, { level, options: settings.rules[id]?.options ?? {} }]),
  );
  const everywhere = Object.fromEntries(Object.entries(levels).map(([id, level]) => [id, { level, options: {} }]));
  return {
    ...settings,
    rules: { ...settings.rules, ...rules },
    overrides:
      settings.overrides.length === 0 || Object.keys(levels).length === 0
        ? settings.overrides
        : [...settings.overrides, { files: ['**'], rules: everywhere }],
    include: [...new Set([...settings.include, ...include])],
  };
}

function checkFormat(format: string): Format {
  if (isFormat(format)) return format;
  const names = Object.keys(REPORTERS);
  throw new Failure(`--format takes one of ${names.join(', ')}, not "${format}"${didYouMean(format, names)}`);
}

function checkLevel(entry: string, rules: readonly Rule[]): readonly [string, RuleLevel] {
  const [id = '', level = ''] = entry.split('=');
  const ids = [...rules.map(({ meta }) => meta.id), ...BUILT_IN_RULES.map((rule) => rule.id)];
  if (!ids.includes(id)) throw new Failure(`--rule: there is no rule "${id}"${didYouMean(id, ids)}`);
  const known = ['off', ...SEVERITIES] as const;
  const found = known.find((name) => name === level);
  if (found) return [id, found];
  throw new Failure(`--rule ${id}=… takes one of ${known.join(', ')}, not "${level}"${didYouMean(level, known)}`);
}

/** Takes plurals too: `--include scripts,tests`. */
function checkRole(name: string): ReportableRole {
  const found = REPORTABLE_ROLES.find((role) => role === name || `${role}s` === name);
  if (found) return found;
  throw new Failure(
    `--include takes ${REPORTABLE_ROLES.join(', ')}, not "${name}"${didYouMean(name, REPORTABLE_ROLES)}`,
  );
}

function checkCount(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Failure(`--max-warnings takes a number from 0 up, not "${text}"`);
}
