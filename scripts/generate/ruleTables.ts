import { z } from 'zod';
import { BUILT_IN_RULES } from '#analyzer/builtInRules.ts';
import type { MeasuredBy, Rule } from '#rules/rule.ts';

/** docs/rules.md: every rule with what it finds, why, its options, and the codes Prisma has for it. */
export function rulesDocument(rules: readonly Rule[]): string {
  return `<!-- Made by \`npm run generate\` from each rule's meta: do not edit. -->

# Rules

${ruleTable(rules, '../')}

Two more speak about ignore comments and need no page:

| rule | finds | why | severity |
|---|---|---|---|
${BUILT_IN_RULES.map(({ id, finds, why, severity }) => row([`\`${id}\``, finds, why, severity])).join('\n')}

A severity is that of a finding proved by the schema or better; with weaker proof nothing is louder than a hint.

${rules.map(ruleSection).join('\n')}`;
}

/** The table of rules, its links starting from a page `toRoot` below the root. */
export function ruleTable(rules: readonly Rule[], toRoot: string): string {
  const rows = rules.map(({ meta }) =>
    row([`[\`${meta.id}\`](${pageOf(meta.id, toRoot)})`, meta.finds, meta.severity, presetOf(meta)]),
  );
  return ['| rule | finds | severity | preset |', '|---|---|---|---|', ...rows].join('\n');
}

/** The table of a rule's options, for its page. */
export function optionTable({ meta }: Rule): string {
  const { properties = {} } = z.toJSONSchema(meta.options, { io: 'input' });
  const rows = Object.entries(properties).map(([name, option]) => {
    const { description = '', default: value = null } = typeof option === 'object' ? option : {};
    return row([`\`${name}\``, `\`${JSON.stringify(value)}\``, description]);
  });
  return rows.length === 0 ? 'None.' : ['| option | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function ruleSection(rule: Rule): string {
  const { id, why, prismaCodes, measuredBy } = rule.meta;
  const codes =
    prismaCodes.length === 0
      ? ''
      : `\nPrisma's own runtime checks call it ${prismaCodes.map((code) => `\`${code}\``).join(', ')}.\n`;
  return `## [${id}](${pageOf(id, '../')})\n\n${why}\n${codes}${measuredBy ? MEASURED[measuredBy] : ''}\nOptions: ${optionTable(rule) === 'None.' ? 'none.' : `\n\n${optionTable(rule)}`}\n`;
}

const MEASURED: Readonly<Record<MeasuredBy, string>> = {
  latency: '\n[Measurements](measurements.md#in-the-findings) of how long the call takes make it louder or quieter.\n',
  repeats:
    '\n[Measurements](measurements.md#in-the-findings) of how often one request makes the call make it louder or quieter.\n',
  waits: '\n[Measurements](measurements.md#in-the-findings) of how long its calls take make it louder or quieter.\n',
};

function presetOf({ preset, stage }: Rule['meta']): string {
  return stage === 'experimental' ? `${preset} (experimental)` : preset;
}

function pageOf(id: string, toRoot: string): string {
  return `${toRoot}server/src/rules/${id}/README.md`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
