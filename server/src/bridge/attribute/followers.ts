import type { QuerySite } from '#graph/projectGraph.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import { statementTable } from '#sql/canonical/statementTable.ts';

/** Finds the calls that may send a statement in a part of their arguments that is not known. */
export function unknownFollowers(
  sites: Iterable<QuerySite>,
  lostOf: (site: QuerySite) => readonly string[],
): (text: string) => readonly Follower[] {
  const [reading, writing] = [new Map<string, Set<QuerySite>>(), new Map<string, Set<QuerySite>>()];
  for (const site of sites) {
    const { model, schema } = site;
    if (!model) continue;
    for (const path of lostOf(site)) {
      const into = site.access === 'write' && !SELECTION.test(path) ? [writing] : [reading];
      if (path === '' || path === '…') into.push(writing);
      for (const table of tablesAt(schema, model, path))
        for (const map of into) map.set(table, (map.get(table) ?? new Set()).add(site));
    }
  }
  return (text) => {
    const table = statementTable(text)?.toLowerCase() ?? '';
    const reads = text.startsWith('select ');
    const found = (map: ReadonlyMap<string, ReadonlySet<QuerySite>>, follows: Follower['follows']) =>
      [...(map.get(table) ?? [])].map((site): Follower => ({ site, texts: [], follows }));
    if (!reads) return found(writing, 'write');
    return [
      ...(isOfRelation(text) ? found(reading, 'read') : []),
      ...(LOOKUP.test(text) ? found(writing, 'write') : []),
    ];
  };
}

/** Rows of a relation are asked for by the keys of others: one key and nothing else, or a list of them; counts and groups are not. */
function isOfRelation(text: string): boolean {
  const [, where = ''] = /^select (?!.*\b(?:count|group by)\b).* where (.*)$/s.exec(text) ?? [];
  return where.includes(' in (?)') || /^\S+ = \?(?: order by [^()]*)?(?: limit \?)?(?: offset \?)?$/.test(where);
}

/** A call, as one that may follow up with a statement. */
export interface Follower {
  readonly site: QuerySite;
  readonly texts: readonly [];
  /** What is written into other tables is, and what is looked up for it, between BEGIN and COMMIT. */
  readonly follows: 'read' | 'write';
}

const SELECTION = /^(?:select|include|omit)\b/;
/** What a nested write looks up reads the key alone. */
const LOOKUP = /^select [^ ,()]+ from (?!.* group by )/;

/** Conditions read no further statement, and neither do orders and counts of rows. */
const OWN_STATEMENT = /^(?:where|orderBy|take|skip|cursor|distinct|by|having|_count|_sum|_avg|_min|_max)\b/;

/** Tables that what is not known at a path may be about: that of the relation it stands in, and where relations are chosen those beside it. */
function tablesAt(schema: SchemaModel, model: Model, path: string): readonly string[] {
  if (OWN_STATEMENT.test(path)) return [];
  const steps = path.split(/[.[\]]+/);
  let at = model;
  let inData = false;
  for (const step of steps) {
    const field = at.fields.get(step);
    if (field?.kind === 'relation') at = schema.models.get(field.type) ?? at;
    inData ||= step === 'data' || step === 'create';
  }
  const beside = inData && at !== model ? [] : relatedTo(schema, at);
  return [at, ...beside].map(({ table }) => table.toLowerCase());
}

function relatedTo(schema: SchemaModel, model: Model): readonly Model[] {
  return [...model.fields.values()].flatMap((field) => {
    const other = field.kind === 'relation' ? schema.models.get(field.type) : undefined;
    return other ? [other] : [];
  });
}
