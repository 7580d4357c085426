import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is missing from the rule folders below `rules`: each needs its three parts and a line in the registry. */
export function ruleFolderViolations(rules: string): readonly string[] {
  const registry = readFileSync(join(rules, 'index.ts'), 'utf8');
  return readdirSync(rules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      [...missingParts(join(rules, name)), ...nameViolation(name), ...unregistered(name, registry)].map(
        (what) => `${name}: ${what}`,
      ),
    )
    .sort();
}

function missingParts(folder: string): readonly string[] {
  const parts = ['rule.ts', 'README.md'].filter((part) => !existsSync(join(folder, part)));
  const fixtures = join(folder, 'fixtures');
  const hasFixture = existsSync(fixtures) && readdirSync(fixtures).some((name) => /\.tsx?$/.test(name));
  return [...parts.map((part) => `no ${part}`), ...(hasFixture ? [] : ['no fixture'])];
}

function nameViolation(name: string): readonly string[] {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) ? [] : ['the name is not in kebab-case'];
}

function unregistered(name: string, registry: string): readonly string[] {
  return registry.includes(`from './${name}/rule.ts'`) ? [] : ['not registered: npm run generate'];
}
