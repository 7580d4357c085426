import { BUILT_IN_RULES } from '#analyzer/builtInRules.ts';
import type { Rule } from '#rules/rule.ts';
import { DEFAULT_EDITOR_SETTINGS } from '#shared/editorSettings.ts';
import { SEVERITIES } from '#shared/finding.ts';

/** A setting as VS Code's manifest wants it. */
type SettingSchema = Readonly<Record<string, unknown>> & { readonly markdownDescription: string };

const { enable, codeLens, hover, watch, receiver, trace } = DEFAULT_EDITOR_SETTINGS;

/** `contributes.configuration` of the manifest. */
export function extensionSettings(rules: readonly Rule[]): {
  readonly title: string;
  readonly properties: Readonly<Record<string, SettingSchema>>;
} {
  return {
    title: 'Querylens',
    properties: {
      'querylens.enable': {
        type: 'boolean',
        default: enable,
        markdownDescription: 'Whether Querylens shows anything in this workspace.',
      },
      'querylens.rules': {
        type: 'object',
        default: {},
        additionalProperties: false,
        properties: Object.fromEntries(
          [...rules.map(({ meta }) => meta), ...BUILT_IN_RULES].map(({ id, finds }) => [id, ruleLevel(finds)]),
        ),
        markdownDescription:
          'The greatest loudness of each rule in the editor. It only quietens: what a project reports is for its `querylens.config.json` to say, so that the editor and CI agree.',
      },
      'querylens.hover.enable': {
        type: 'boolean',
        default: hover.enable,
        markdownDescription:
          'Whether a hover on a Prisma call tells what it reads, how often it runs and which indexes serve it.',
      },
      'querylens.hover.sql': {
        type: 'boolean',
        default: hover.sql,
        markdownDescription: 'Whether that hover shows the SQL the call sends.',
      },
      'querylens.codeLens.enable': {
        type: 'boolean',
        default: codeLens.enable,
        markdownDescription: 'Whether routes and queries carry a line above them that tells what they cost.',
      },
      'querylens.codeLens.format': {
        type: 'string',
        default: codeLens.format,
        markdownDescription:
          'What that line says: `{measured}` is what was measured of the call, `{queries}` is the number of queries, `{index}` whether an index serves them, `{findings}` what was found.',
      },
      'querylens.codeLens.statements': {
        type: 'string',
        enum: ['several', 'all', 'off'],
        enumDescriptions: [
          'Above calls that may send several SQL statements, such as those that read relations.',
          'Above every Prisma call.',
          'Above none: only loops make a line say how many queries there are.',
        ],
        default: codeLens.statements,
        markdownDescription: 'Above which Prisma calls that line counts the SQL statements they send.',
      },
      'querylens.evidence.enable': {
        type: 'boolean',
        // VS Code asks for it, since it knows which workspaces are trusted.
        default: true,
        markdownDescription:
          'Whether measurements of the running system are shown beside the calls, and logs may be read. Never in a workspace that is not trusted.',
      },
      'querylens.watch.onStart': {
        type: 'boolean',
        default: watch.onStart,
        markdownDescription:
          'Whether the logs that `logs` names in `querylens.config.json`, and what the probe writes, are followed as soon as the workspace is open.',
      },
      'querylens.receiver.port': {
        type: 'integer',
        minimum: 0,
        maximum: 65_535,
        default: receiver.port,
        markdownDescription:
          'The port of this machine at which the receiver takes OpenTelemetry traces and what the probe sends; `0` for any that is free.',
      },
      'querylens.trace.server': {
        type: 'string',
        enum: ['off', 'messages', 'verbose'],
        default: trace.server,
        markdownDescription:
          'How much of the talk between VS Code and the language server goes to the output. It needs the log level `Trace`: run *Developer: Set Log Level…*',
      },
    },
  };
}

/** The table of settings for people. */
export function settingsTable(rules: readonly Rule[]): string {
  const rows = Object.entries(extensionSettings(rules).properties).map(
    ([name, { default: value, markdownDescription }]) =>
      `| \`${name}\` | \`${JSON.stringify(value)}\` | ${markdownDescription.replaceAll('|', '\\|')} |`,
  );
  return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The manifest's text with its block of settings replaced. */
export function withSettings(manifest: string, rules: readonly Rule[]): string {
  const content = JSON.parse(manifest);
  const contributes = { ...content.contributes, configuration: extensionSettings(rules) };
  return `${JSON.stringify({ ...content, contributes }, null, 2)}\n`;
}

function ruleLevel(finds: string): SettingSchema {
  return {
    type: 'string',
    enum: ['default', ...SEVERITIES, 'off'],
    enumDescriptions: [
      'As loud as the project says.',
      ...SEVERITIES.map(
        (severity) => `Never louder than ${severity === 'error' || severity === 'info' ? 'an' : 'a'} ${severity}.`,
      ),
      'Not shown in the editor.',
    ],
    default: 'default',
    markdownDescription: finds,
  };
}
