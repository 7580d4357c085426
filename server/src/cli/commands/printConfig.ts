import { resolve } from 'node:path';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { posixRelative } from '#analyzer/project.ts';
import { ruleLevels } from '#analyzer/ruleLevels.ts';
import type { Rule } from '#rules/rule.ts';
import { checkLintOptions, type RawLintOptions } from '../lintOptions.ts';
import { lintTargets } from '../lintTargets.ts';
import { projectSettings } from '../projectRun.ts';

/** The settings in effect for the first path, every rule with its level and options, as JSON. */
export function printConfig(
  paths: readonly string[],
  raw: RawLintOptions,
  rules: readonly Rule[],
  cwd: string,
): string {
  const options = checkLintOptions(raw, rules);
  const configFile = options.config === null ? null : resolve(cwd, options.config);
  const [project] = lintTargets(paths.slice(0, 1), cwd, configFile).projects;
  const settings = project ? projectSettings(project, options, { rules, cwd }) : defaultSettings(rules);
  const path = project ? posixRelative(project.root, project.paths[0] ?? project.root) : '';
  const setting = ruleLevels(settings);
  const effective = rules.map(({ meta }) => {
    const { level, options } = setting(meta, path);
    return [meta.id, { level: level ?? meta.severity, options: meta.options.parse(options) }] as const;
  });
  const builtIn = Object.entries(settings.rules).filter(([id]) => !rules.some(({ meta }) => meta.id === id));
  const shown = { ...settings, rules: Object.fromEntries([...effective, ...builtIn]) };
  return `${JSON.stringify(shown, null, 2)}\n`;
}
