import { DEFAULT_EDITOR_SETTINGS, type EditorSettings } from '#shared/editorSettings.ts';
import { type Finding, SEVERITIES, type Severity } from '#shared/finding.ts';
import { isObject } from '#shared/jsonObject.ts';

/** Editor settings as far as they could be read, and what was wrong with the rest in words for the log. */
export interface ReadSettings {
  readonly settings: EditorSettings;
  readonly complaints: readonly string[];
}

/** Reads what the client sent under `querylens`: unknown names are passed over, values of a wrong type leave the default. */
export function readEditorSettings(sent: unknown): ReadSettings {
  const complaints: string[] = [];
  const top = reader(sent, '', DEFAULT_EDITOR_SETTINGS, complaints);
  const defaults = DEFAULT_EDITOR_SETTINGS;
  const codeLens = reader(top.given('codeLens'), 'codeLens.', defaults.codeLens, complaints);
  const hover = reader(top.given('hover'), 'hover.', defaults.hover, complaints);
  const evidence = reader(top.given('evidence'), 'evidence.', defaults.evidence, complaints);
  const watch = reader(top.given('watch'), 'watch.', defaults.watch, complaints);
  const receiver = reader(top.given('receiver'), 'receiver.', defaults.receiver, complaints);
  const trace = reader(top.given('trace'), 'trace.', defaults.trace, complaints);
  return {
    settings: {
      enable: top.read('enable', isBoolean),
      codeLens: {
        enable: codeLens.read('enable', isBoolean),
        format: codeLens.read('format', isString),
        statements: codeLens.read('statements', isStatements),
      },
      hover: { enable: hover.read('enable', isBoolean), sql: hover.read('sql', isBoolean) },
      evidence: { enable: evidence.read('enable', isBoolean) },
      watch: { onStart: watch.read('onStart', isBoolean) },
      receiver: { port: receiver.read('port', isPort) },
      rules: readRules(top.given('rules'), complaints),
      trace: { server: trace.read('server', isTrace) },
    },
    complaints,
  };
}

/** Findings as loud as the editor wants them at most; an editor never makes one louder. */
export function quietened(findings: readonly Finding[], { enable, rules }: EditorSettings): readonly Finding[] {
  if (!enable) return [];
  return findings.flatMap((finding) => {
    const most = rules[finding.rule] ?? 'default';
    if (most === 'off') return [];
    return most === 'default' || isLouder(most, finding.severity) ? [finding] : [{ ...finding, severity: most }];
  });
}

function isLouder(one: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other);
}

interface Reader<Settings> {
  /** What was sent under a name, whatever it is. */
  given(name: keyof Settings & string): unknown;
  read<Value>(name: keyof Settings & string, fits: (value: unknown) => value is Value): Value;
}

function reader<Settings extends object>(
  sent: unknown,
  path: string,
  defaults: Settings,
  complaints: string[],
): Reader<Settings> {
  if (sent !== undefined && sent !== null && !isObject(sent))
    complaints.push(`querylens.${path.slice(0, -1)} must be an object`);
  const values = isObject(sent) ? sent : {};
  for (const name of Object.keys(values))
    if (!(name in defaults)) complaints.push(`querylens.${path}${name} is unknown`);
  return {
    given: (name) => values[name],
    read: (name, fits) => {
      const [value, standard]: readonly unknown[] = [values[name], defaults[name]];
      if (fits(value)) return value;
      if (value !== undefined && value !== null)
        complaints.push(`querylens.${path}${name} cannot be ${JSON.stringify(value)}; the default stays`);
      if (fits(standard)) return standard;
      throw new TypeError(`the default of querylens.${path}${name} does not fit`);
    },
  };
}

function readRules(sent: unknown, complaints: string[]): EditorSettings['rules'] {
  if (!isObject(sent)) {
    if (sent !== undefined && sent !== null) complaints.push('querylens.rules must be an object');
    return {};
  }
  const fits = Object.entries(sent).flatMap(([id, level]) => (isLevel(level) ? [[id, level] as const] : []));
  for (const [id, level] of Object.entries(sent))
    if (!isLevel(level)) complaints.push(`querylens.rules.${id} cannot be ${JSON.stringify(level)}; the default stays`);
  return Object.fromEntries(fits);
}

function isLevel(value: unknown): value is EditorSettings['rules'][string] {
  return value === 'off' || value === 'default' || SEVERITIES.some((severity) => severity === value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isStatements(value: unknown): value is EditorSettings['codeLens']['statements'] {
  return value === 'several' || value === 'all' || value === 'off';
}

function isTrace(value: unknown): value is EditorSettings['trace']['server'] {
  return value === 'off' || value === 'messages' || value === 'verbose';
}
