import picomatch from 'picomatch';
import { PRESETS, type RuleLevel, type RuleSetting, type Settings } from '#shared/settings.ts';

/** What decides whether a preset has a rule on. */
export interface LeveledRule {
  readonly id: string;
  readonly preset: Settings['preset'];
  readonly stage: 'stable' | 'experimental';
}

/** What the configuration wants of a rule in one file. */
export interface EffectiveSetting {
  /** `off`, a configured severity, or null for the rule's own. */
  readonly level: RuleLevel | null;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Compiles the globs once, because the answer is asked for again for every report. */
export function ruleLevels(settings: Settings): (rule: LeveledRule, file: string) => EffectiveSetting {
  const overrides = settings.overrides.map(({ files, rules }) => ({
    matches: picomatch([...files], { dot: true }),
    rules,
  }));
  return (rule, file) => {
    const own = ownSetting(rule, settings);
    const matching = overrides.filter(({ matches }) => matches(file)).map(({ rules }) => rules[rule.id]);
    return [settings.rules[rule.id], ...matching].reduce(merge, own);
  };
}

/** Every set of options some file may ask of the rule; empty when it is off wherever it could run. */
export function optionSets(settings: Settings, rule: LeveledRule): readonly EffectiveSetting['options'][] {
  const base = merge(ownSetting(rule, settings), settings.rules[rule.id]);
  const sets = new Map([[settingKey(base), base]]);
  for (const { rules } of settings.overrides) {
    for (const one of [...sets.values()].map((known) => merge(known, rules[rule.id]))) sets.set(settingKey(one), one);
  }
  const wanted = [...sets.values()].filter(({ level }) => level !== 'off').map(({ options }) => options);
  return [...new Map(wanted.map((options) => [optionsKey(options), options])).values()];
}

/** Equal for equal options. */
export function optionsKey(options: EffectiveSetting['options']): string {
  return JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function merge(below: EffectiveSetting, above: RuleSetting | undefined): EffectiveSetting {
  if (!above) return below;
  return { level: above.level ?? below.level, options: { ...below.options, ...above.options } };
}

function settingKey({ level, options }: EffectiveSetting): string {
  return `${level}${optionsKey(options)}`;
}

function ownSetting(rule: LeveledRule, { preset }: Settings): EffectiveSetting {
  return { level: isInPreset(rule, preset) ? null : 'off', options: {} };
}

function isInPreset({ preset, stage }: LeveledRule, wanted: Settings['preset']): boolean {
  if (stage === 'experimental') return wanted === 'all';
  return PRESETS.indexOf(preset) <= PRESETS.indexOf(wanted);
}
