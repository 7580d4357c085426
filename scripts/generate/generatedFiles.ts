import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from '#analyzer/configSchema.ts';
import { settingsTable, withSettings } from './extensionSettings.ts';
import { loadRules, registryText } from './ruleModules.ts';
import { optionTable, rulesDocument, ruleTable } from './ruleTables.ts';

/** A file, or a part of one, that follows from the rules and is committed all the same, so that a person can read it. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** All of them, as they should be. */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const rules = await loadRules(root);
  return [
    { path: 'server/src/rules/index.ts', text: registryText(rules.map(({ meta }) => meta.id)) },
    { path: 'docs/rules.md', text: rulesDocument(rules) },
    { path: 'docs/config.schema.json', text: `${JSON.stringify(configJsonSchema(rules), null, 2)}\n` },
    { path: 'README.md', text: withRegion(root, 'README.md', 'rules', ruleTable(rules, '')) },
    { path: 'docs/editor.md', text: withRegion(root, 'docs/editor.md', 'settings', settingsTable(rules)) },
    { path: 'package.json', text: withSettings(textOf(root, 'package.json'), rules) },
    ...rules
      .map((rule) => ({ rule, path: `server/src/rules/${rule.meta.id}/README.md` }))
      .filter(({ path }) => existsSync(join(root, path)))
      .map(({ rule, path }) => ({ path, text: withRegion(root, path, 'options', optionTable(rule)) })),
  ];
}

/** Those whose text on disk differs. */
export async function staleFiles(root: string): Promise<readonly GeneratedFile[]> {
  const files = await generatedFiles(root);
  return files.filter(({ path, text }) => textOf(root, path) !== text);
}

/** The page with what stands between `<!-- name -->` and `<!-- /name -->` replaced; unchanged, and said, where a mark is missing. */
function withRegion(root: string, path: string, name: string, content: string): string {
  const text = textOf(root, path);
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = split(text, start);
  const [, after] = split(rest ?? '', end);
  if (rest === null || after === null) {
    console.warn(`${path} needs a line '${start}' and a line '${end}' after it`);
    return text;
  }
  return `${before}${start}\n${content}\n${end}${after}`;
}

function split(text: string, at: string): readonly [string, string | null] {
  const index = text.indexOf(at);
  return index < 0 ? [text, null] : [text.slice(0, index), text.slice(index + at.length)];
}

function textOf(root: string, path: string): string {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
}
