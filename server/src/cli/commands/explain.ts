import { readFileSync } from 'node:fs';
import { BUILT_IN_RULES } from '#analyzer/builtInRules.ts';
import { Failure } from '#analyzer/failure.ts';
import { didYouMean } from '#analyzer/nearestName.ts';
import { markdownForTerminal } from '#render/markdownForTerminal.ts';
import type { Paint } from '#render/paint.ts';
import type { Rule } from '#rules/rule.ts';

/** A rule's page, made readable in a terminal. */
export function explainText(
  id: string,
  rules: readonly Rule[],
  pageOf: (rule: string) => string,
  paint: Paint,
): string {
  const builtIn = BUILT_IN_RULES.find((rule) => rule.id === id);
  if (builtIn) return markdownForTerminal(`# ${id}\n\n${builtIn.finds} ${builtIn.why}\n`, paint);
  const ids = rules.map(({ meta }) => meta.id);
  if (!ids.includes(id))
    throw new Failure(`there is no rule "${id}"${didYouMean(id, ids)} \`querylens rules\` lists them`);
  return markdownForTerminal(readFileSync(pageOf(id), 'utf8'), paint);
}
