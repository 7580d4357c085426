import type { Inputs, Remember, Report, Rule } from '#rules/rule.ts';
import type { Problem } from '#shared/finding.ts';
import type { Settings } from '#shared/settings.ts';
import { optionSets, optionsKey, ruleLevels } from './ruleLevels.ts';

/** A report with the rule that made it. */
export interface RuleReport {
  readonly rule: Rule;
  readonly report: Report;
}

export interface RuleRun {
  readonly reports: readonly RuleReport[];
  readonly problems: readonly Problem[];
}

/** Runs every rule the settings have on, each with the inputs it names and no others; one that throws costs only its own reports. */
export function runRules(
  rules: readonly Rule[],
  inputs: Omit<Inputs, 'remember'>,
  settings: Settings,
  log: (text: string) => void,
): RuleRun {
  const reports: RuleReport[] = [];
  const problems: Problem[] = [];
  for (const rule of rules) {
    try {
      reports.push(...runRule(rule, inputs, settings));
    } catch (error) {
      log(`rule ${rule.meta.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      problems.push(failureOf(rule, error));
    }
  }
  return { reports, problems };
}

/** Once per set of options in use; of each run the reports count that lie where those options apply. */
function runRule(rule: Rule, inputs: Omit<Inputs, 'remember'>, settings: Settings): readonly RuleReport[] {
  const sets = optionSets(settings, rule.meta);
  const setting = ruleLevels(settings);
  return sets.flatMap((options) => {
    const key = optionsKey(options);
    const applies = (file: string) => sets.length === 1 || optionsKey(setting(rule.meta, file).options) === key;
    const question = `${rule.meta.id} ${key} ${JSON.stringify(inputs.project)}`;
    const remember: Remember = (about, find) => inputs.graph.remember(about, question, () => [...find()]);
    const found = rule.check(pick({ ...inputs, remember }, rule.meta.needs), rule.meta.options.parse(options));
    return [...found].filter(({ at }) => applies(at.file)).map((report) => ({ rule, report }));
  });
}

function pick(inputs: Inputs, needs: readonly (keyof Inputs)[]): Inputs {
  return Object.fromEntries(needs.map((name) => [name, inputs[name]])) as unknown as Inputs;
}

function failureOf(rule: Rule, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `rule ${rule.meta.id} failed and found nothing (${reason}); the other rules stand. This is a bug in Querylens.`;
  return { file: '', line: null, column: null, message, kind: 'rule' };
}
