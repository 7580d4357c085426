import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Rule } from '#rules/rule.ts';
import type { RuleSetting, Settings } from '#shared/settings.ts';
import { type Config, configJsonSchema, configSchema, type RuleEntry } from './configSchema.ts';
import { type ConfigText, keysOf, parseConfig } from './configText.ts';
import { Failure } from './failure.ts';

export const CONFIG_FILE = 'querylens.config.json';

/** The configuration file for a folder: the nearest upward, looking no higher than `top`; null when there is none. */
export function findConfig(folder: string, top: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = [join(at, CONFIG_FILE), join(at, 'package.json')].find(holdsConfig);
    if (found) return found;
    if (at === resolve(top) || at === dirname(at)) return null;
  }
}

/**
 * Settings from a configuration file, or the defaults for null; every mistake in it ends in one {@link Failure}. `opened` gives the text of
 * a file that is open in an editor.
 */
export function loadSettings(
  configFile: string | null,
  rules: readonly Rule[],
  cwd = process.cwd(),
  opened: (path: string) => string | null = () => null,
): Settings {
  return parseSettings(configFile === null ? EMPTY : readConfig(configFile, cwd, opened), rules);
}

/** Settings from a configuration's text. */
export function parseSettings(source: ConfigText, rules: readonly Rule[]): Settings {
  return toSettings(parse(source, rules));
}

/** Settings nobody configured. */
export function defaultSettings(rules: readonly Rule[]): Settings {
  return loadSettings(null, rules);
}

const EMPTY: ConfigText = { file: CONFIG_FILE, text: '{}', within: [] };

function parse(source: ConfigText, rules: readonly Rule[]): Config {
  return parseConfig(source, configSchema(rules), keysOf(configJsonSchema(rules)));
}

function readConfig(path: string, cwd: string, opened: (path: string) => string | null): ConfigText {
  const file = relative(cwd, path) || path;
  try {
    const text = (opened(path) ?? readFileSync(path, 'utf8')).replace(/^\uFEFF/, '');
    return { file, text, within: isManifest(path) ? ['querylens'] : [] };
  } catch (error) {
    throw new Failure(`${file}: the configuration cannot be read (${reason(error)})`);
  }
}

function holdsConfig(path: string): boolean {
  if (!existsSync(path)) return false;
  if (!isManifest(path)) return true;
  const text = readFileSync(path, 'utf8');
  if (!text.includes('"querylens"')) return false;
  const tree = parseTree(text);
  return tree !== undefined && findNodeAtLocation(tree, ['querylens'])?.type === 'object';
}

function isManifest(path: string): boolean {
  return /(^|[\\/])package\.json$/.test(path);
}

function toSettings({ $schema, extends: preset, rules, overrides, ...rest }: Config): Settings {
  return {
    ...rest,
    preset,
    rules: toRuleSettings(rules),
    overrides: overrides.map(({ files, rules }) => ({ files, rules: toRuleSettings(rules) })),
  };
}

function toRuleSettings(entries: Config['rules']): Readonly<Record<string, RuleSetting>> {
  const given = Object.entries(entries).flatMap(([id, entry]) => (entry === undefined ? [] : [[id, entry] as const]));
  return Object.fromEntries(given.map(([id, entry]) => [id, toRuleSetting(entry)]));
}

function toRuleSetting(entry: RuleEntry): RuleSetting {
  return typeof entry === 'string' ? { level: entry, options: {} } : { level: entry[0], options: entry[1] };
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
