import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '#rules/rule.ts';

/** Ids of all rules: the folders that hold a `rule.ts`, sorted. */
export function ruleIds(root: string): readonly string[] {
  return readdirSync(join(root, 'server/src/rules'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(/[\\/]/))
    .filter(([, file, ...deeper]) => file === 'rule.ts' && deeper.length === 0)
    .map(([id = '']) => id)
    .sort();
}

/** Loads the rules from their folders and not from the registry, which may be what is being made. */
export async function loadRules(root: string): Promise<readonly Rule[]> {
  return Promise.all(
    ruleIds(root).map(async (id) => {
      const module: { rule?: Rule } = await import(pathToFileURL(join(root, 'server/src/rules', id, 'rule.ts')).href);
      if (module.rule?.meta.id !== id)
        throw new Error(`server/src/rules/${id}/rule.ts must export 'rule' with the id '${id}'`);
      return module.rule;
    }),
  );
}

/** As in biome.json: the registry comes out formatted. */
const LINE_WIDTH = 120;

/** The registry's text: one import and one entry a rule. */
export function registryText(ids: readonly string[]): string {
  const name = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const imports = [
    ...ids.map((id) => ({ from: `./${id}/rule.ts`, line: `import { rule as ${name(id)} } from './${id}/rule.ts';\n` })),
    { from: './rule.ts', line: "import type { Rule } from './rule.ts';\n" },
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  const oneLine = `export const RULES: readonly Rule[] = [${ids.map(name).join(', ')}];`;
  const lines = `export const RULES: readonly Rule[] = [\n${ids.map((id) => `  ${name(id)},\n`).join('')}];`;
  return `// Made by \`npm run generate\` from the rule folders: do not edit.
${imports.map(({ line }) => line).join('')}
/** Every rule there is, by id. */
${oneLine.length <= LINE_WIDTH ? oneLine : lines}
`;
}
