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
): Promise<LateInputs> {
  const needed = (input: keyof LateInputs) =>
    rules.some(({ meta }) => meta.needs.includes(input) && optionSets(settings, meta).length > 0);
  const [anyRaw, ofDrivers] = [needed('parseSelects'), needed('parseDriverSql')];
  const raw = graph.sites.filter(({ access, driver }) => access === 'raw' && (anyRaw || (ofDrivers && driver)));
  const providers = new Set(raw.flatMap(({ schema }) => schema.provider ?? []));
  try {
    const parse = providers.size > 0 ? await openSqlParsers(providers) : NO_PARSER;
    return { parseSelects: parse, parseDriverSql: parse };
  } catch (error) {
    log(`raw SQL is not looked into, because its parser does not load: ${String(error)}`);
    return { parseSelects: NO_PARSER, parseDriverSql: NO_PARSER };
  }
}

type LateInputs = Pick<Inputs, 'parseSelects' | 'parseDriverSql'>;

const NO_PARSER = () => null;
