import { allNames, describeSite } from '#graph/describe.ts';
import { type Group, perGroup } from '#graph/groups.ts';
import { calleePlace } from '#graph/places.ts';
import type { Provider } from '#schema/schemaModel.ts';
import type { Report } from '../rule.ts';
import type { Weighed } from './searches.ts';
import { trigramFixes, trigramLine } from './trigramFix.ts';

/** Somewhere in the column, or only whatever the case. */
export type MessageId = 'middle' | 'insensitive';

/** Query sites shown with a finding. */
const MAX_RELATED = 10;

/** One finding a table: one index serves all searches of it. */
export const describe = perGroup((found: Group<Weighed>): Report<MessageId> => {
  const { model, site } = found[0].search;
  const { schema } = site;
  const all = found.flatMap(({ search }) => search.columns);
  const columns = [...new Set(all.map(({ name }) => name))];
  const sites = [...new Set(found.map(({ search }) => search.site))];
  const [only] = columns;
  return {
    messageId: all.every(({ within }) => within === 'whole' || within === 'start') ? 'insensitive' : 'middle',
    data: {
      model: model.name,
      columns: allNames(columns),
      queries: sites.length === 1 ? `\`${describeSite(site)}\` looks` : `${sites.length} queries look`,
      remedy: remedyOf(schema.provider, columns),
    },
    at: (columns.length === 1 && only ? model.fields.get(only)?.at : null) ?? model.at,
    proof: 'schema',
    severity: found.some(({ severity }) => severity === 'info') ? 'info' : 'hint',
    symbol: model.name,
    model: model.name,
    columns,
    related: sites.slice(0, MAX_RELATED).map((each, at) => {
      const more =
        at === MAX_RELATED - 1 && sites.length > MAX_RELATED ? `, and ${sites.length - MAX_RELATED} more` : '';
      return { at: calleePlace(each.file, each.call), message: `looks for a text in \`${model.name}\`${more}` };
    }),
    fixes: trigramFixes(schema, model, columns),
  };
});

function remedyOf(provider: Provider | null, columns: readonly string[]): string {
  switch (provider) {
    case 'postgresql':
      return `Where the table is large, add \`${trigramLine(columns)}\` and the extension \`pg_trgm\`.`;
    case 'cockroachdb':
      return 'Where the table is large, give the columns an inverted index of trigrams.';
    case 'mysql':
      return `Where the table is large, search words: \`@@fulltext([${columns.join(', ')}])\` and the filter \`search\`.`;
    default:
      return 'Where the table is large, narrow it by an indexed column first, or keep a full-text index beside it.';
  }
}
