import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Inputs, Rule } from '#rules/rule.ts';
import type { Settings } from '#shared/settings.ts';
import { openSqlParsers } from '#sql/parse/sqlParsers.ts';
import { optionSets } from './ruleLevels.ts';

/** What is loaded for the rules that are on and the code they see, and not before. */
export async function lateInputs(
  rules: readonly Rule[],
  settings: Settings,
  graph: ProjectGraph,
  log: (text: string) => void,
): Promise<Pick<Inputs, 'parseSelects'>> {
  const needed = rules.some(({ meta }) => meta.needs.includes('parseSelects') && optionSets(settings, meta).length > 0);
  const raw = needed ? graph.sites.filter(({ access }) => access === 'raw') : [];
  const providers = new Set(raw.flatMap(({ schema }) => schema.provider ?? []));
  try {
    return { parseSelects: providers.size > 0 ? await openSqlParsers(providers) : () => null };
  } catch (error) {
    log(`raw SQL is not looked into, because its parser does not load: ${String(error)}`);
    return { parseSelects: () => null };
  }
}
