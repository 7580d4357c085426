import { describeSite } from '#graph/describe.ts';
import { queryPlace } from '#graph/places.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import { addedText } from '#schema/indexChanges.ts';
import type { Provider } from '#schema/schemaModel.ts';
import type { Report } from '../rule.ts';
import type { Advice } from './advise.ts';
import { isForeignKey } from './columns.ts';
import type { Demand, DemandKind } from './demands.ts';
import { indexRemedy } from './indexFix.ts';

/** Query sites shown with a finding. */
const MAX_RELATED = 10;

const PROVIDERS: Readonly<Record<Provider, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'with `relationMode = "prisma"` MySQL',
  sqlite: 'SQLite',
  sqlserver: 'SQL Server',
  cockroachdb: 'CockroachDB',
  mongodb: 'MongoDB',
};

/** The finding of an index to add: on the foreign key's line, else on the model; of a table without a Prisma schema on the first query. */
export function describe({ columns, demands }: Advice): Report<DemandKind> {
  const [first] = demands;
  const { model, schema, kind, severity } = first;
  const sites = [...new Set(demands.map((demand) => demand.access.site))];
  const lead = columns[0] ?? '';
  const behind = first.behind?.fields.map((field) => field.name) ?? [];
  const ids = sites.map(({ id }) => id);
  const { index, fixes } = indexRemedy(schema, model, columns, ids);
  const isReplaced = index.replaces.some(({ at }) => at === first.behind?.at);
  return {
    messageId: kind,
    data: {
      model: model.name,
      lead: kind === 'key' ? leadOfKey(first, columns) : lead,
      all: columns.join(', '),
      sorted: first.groups.slice(-1).flat().join(', '),
      behind: behind.join(', '),
      sorting: isSorted(first) ? ' and sorted' : '',
      replacing: isReplaced ? ` in place of \`${addedText(schema, model, behind)}\`` : '',
      queries: queriesText(sites),
      provider: schema.provider ? PROVIDERS[schema.provider] : 'the database',
      line: addedText(schema, model, columns),
    },
    ...(schema.kind === 'sql' ? placeOfQuery(first.access.site) : placeInSchema(first, lead)),
    proof: 'schema',
    severity,
    model: model.name,
    columns,
    related: relatedSites(demands, sites),
    fixes,
    index,
  };
}

function placeInSchema({ model, kind }: Demand, lead: string): Pick<Report, 'at' | 'symbol'> {
  const field = isForeignKey(model, lead) && kind !== 'composite' ? model.fields.get(lead) : undefined;
  return { at: field?.at ?? model.at, symbol: model.name };
}

/** A script that has run is not edited: what is missing is said where it is missed. */
function placeOfQuery(site: QuerySite): Pick<Report, 'at' | 'symbol'> {
  return { at: queryPlace(site), symbol: site.function.fact.symbol };
}

/** All columns of a foreign key over several: an index may well begin with the first of them. */
function leadOfKey({ access }: Demand, columns: readonly string[]): string {
  return columns.slice(0, Math.max(1, access.key?.fields.length ?? 1)).join(', ');
}

function isSorted({ access, groups }: Demand): boolean {
  return access.limited && groups.length > 1;
}

function queriesText(sites: readonly QuerySite[]): string {
  const [first] = sites;
  return sites.length === 1 && first ? `\`${describeSite(first)}\` looks` : `${sites.length} queries look`;
}

function relatedSites(demands: readonly Demand[], sites: readonly QuerySite[]): NonNullable<Report['related']> {
  const shown = sites.slice(0, MAX_RELATED);
  const more = sites.length - shown.length;
  return shown.map((site, at) => {
    const demand = demands.find((each) => each.access.site === site);
    const rest = more > 0 && at === shown.length - 1 ? `, and ${more} more` : '';
    return { at: queryPlace(site), message: `${reasonOf(demand)}${rest}` };
  });
}

function reasonOf(demand: Demand | undefined): string {
  if (!demand) return 'looks rows up here';
  const { access, groups, model } = demand;
  const by = groups.flat().join(', ');
  if (access.via === 'delete') return `deletes what \`${model.name}.${by}\` points at`;
  return access.via === 'children' ? `reads \`${model.name}\` by \`${by}\`` : `by \`${by}\``;
}
