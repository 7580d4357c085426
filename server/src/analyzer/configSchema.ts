import { z } from 'zod';
import type { Rule } from '#rules/rule.ts';
import { SEVERITIES } from '#shared/finding.ts';
import { PRESETS, REPORTABLE_ROLES } from '#shared/settings.ts';
import { budgetSchema } from './budgets/budgetSchema.ts';
import { BUILT_IN_RULES } from './builtInRules.ts';
import { logPatternFault } from './logPatternFault.ts';
import { measuredSchema } from './measured/measuredSchema.ts';

const level = z.enum(['off', ...SEVERITIES]);
const globs = z.array(z.string().min(1));

/** What may stand in querylens.config.json: the only source of its validation, its type and its published JSON Schema. */
export function configSchema(rules: readonly Rule[]) {
  const settings = ruleSettings(rules);
  return z.strictObject({
    $schema: z.string().describe('Where the JSON Schema of this file is, for editors.').optional(),
    extends: z.enum(PRESETS).describe('Preset to start from.').default('recommended'),
    rules: settings.describe('Levels and options by rule id.').default({}),
    overrides: z
      .array(z.strictObject({ files: globs.describe("Globs, relative to the project's root."), rules: settings }))
      .describe('Other levels for some files; later entries win.')
      .default([]),
    models: z
      .record(z.string(), z.strictObject({ rows: z.number().min(0).describe('Rows the table will hold.') }))
      .describe('What is known of table sizes, by model name.')
      .default({}),
    smallModelRows: z.number().min(0).describe('Up to so many rows a model counts as small.').default(1000),
    cacheHelpers: z.array(z.string().min(1)).describe('Own functions that cache what they wrap or load.').default([]),
    entryPoints: z
      .array(z.string().min(1))
      .describe('Own functions or files (globs) through which requests enter.')
      .default([]),
    ignore: globs.describe('Globs of files left out entirely.').default([]),
    include: z
      .array(z.enum(REPORTABLE_ROLES))
      .describe('Kinds of files reported although they are left out by default; never louder than a hint.')
      .default([]),
    schemas: globs.describe('Prisma schema files or folders, when they are not found by themselves.').default([]),
    logs: globs
      .describe("Logs that `querylens watch` follows: globs, relative to the project's root, or absolute.")
      .default([]),
    logPatterns: z
      .array(z.string().superRefine(describeFault))
      .describe(
        'How lines of the application are written that no format knows: regular expressions with the groups `name` or `sql`, and `ms` or `s`.',
      )
      .default([]),
    measured: measuredSchema.describe('From where on a measurement makes a finding louder or quieter.').prefault({}),
    budgets: budgetSchema.describe('What the application promises; `querylens check` holds it to that.').prefault({}),
    baseline: z.string().min(1).describe('File of accepted findings.').default('querylens-baseline.json'),
    reportUnusedIgnores: z.boolean().describe('Report ignore comments that hide nothing.').default(true),
  });
}

/** A configuration file's content with defaults filled in. */
export type Config = z.output<ReturnType<typeof configSchema>>;

/** A rule's entry: a level, or a level and options. */
export type RuleEntry = NonNullable<Config['rules'][string]>;

/** The published schema; draft 7 because that is what editors understand everywhere. */
export function configJsonSchema(rules: readonly Rule[]): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema(rules), { io: 'input', target: 'draft-7' });
  return { ...schema, title: 'Querylens configuration' };
}

function ruleSettings(rules: readonly Rule[]) {
  const entries: Record<string, z.ZodType<RuleLevelEntry | undefined>> = {};
  for (const { meta } of rules) {
    const options = z.strictObject(meta.options.shape).partial();
    entries[meta.id] = z
      .union([level, z.tuple([level, options])])
      .describe(meta.finds)
      .optional();
  }
  for (const { id, finds } of BUILT_IN_RULES) entries[id] = level.describe(finds).optional();
  return z.strictObject(entries);
}

function describeFault(pattern: string, context: z.RefinementCtx): void {
  const message = logPatternFault(pattern);
  if (message !== null) context.addIssue({ code: 'custom', message });
}

type Level = z.output<typeof level>;
type RuleLevelEntry = Level | [Level, Record<string, unknown>];
