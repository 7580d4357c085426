import { BUILT_IN_RULES } from '#analyzer/builtInRules.ts';

/** URI of a rule's page: on the web where the package names a home there, else the file shipped beside the code at `here`. */
export function rulePages(homepage: string | null, here: string): (rule: string) => string {
  const fromSources = here.endsWith('.ts');
  const pages = homepage ? `${homepage}/server/src/rules` : new URL(fromSources ? '../rules' : './rules', here).href;
  const table = homepage
    ? `${homepage}/docs/rules.md`
    : new URL(fromSources ? '../../../docs/rules.md' : './rules/README.md', here).href;
  const builtIn: ReadonlySet<string> = new Set(BUILT_IN_RULES.map(({ id }) => id));
  return (rule) => (builtIn.has(rule) ? table : `${pages}/${rule}/README.md`);
}
