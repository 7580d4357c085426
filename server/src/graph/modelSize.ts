import type { Model } from '#schema/schemaModel.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import type { ProjectGraph, QuerySite, Table } from './projectGraph.ts';
import { rawSql } from './rawSql/rawSql.ts';
import { textOfParts } from './rawSql/sqlPart.ts';
import { occasionOf } from './reach.ts';

/** What is known of how many rows a model has: from the configuration, else from what the code does with it. */
export type ModelSize = 'small' | 'growing' | 'unknown';

/** Names of things an operator maintains by hand; they seldom pass some hundred rows. */
const MAINTAINED =
  /(^|[a-z])(role|permission|country|currency|language|locale|timezone|region|setting|settings|config|configuration|plan|tier|feature|flag|featureflag|category|categories|status|type|kind|template|theme|provider|instance|variable|webhook|apikey|department|division|policy|rule|badge|preset|jurisdiction)s?$/i;

/** Names of things that are added with every use of an application. */
const EVENTFUL =
  /(log|event|message|comment|view|click|visit|order|orderitem|transaction|payment|payout|notification|session|audit|activity|history|submission|response|entry|record|metric|trace|execution|run|attempt|delivery|post|link|contact|subscriber|customer|user|email|file|document|invoice|booking|commission|reaction|like|vote|snapshot|profile|ticket|task|listing|application|member|membership|subscription|project|workspace|account|booking|invite|invitation|upload)s?$/i;

/** Names of things that pile up for as long as an application runs, also below a single parent. */
const PILING =
  /(log|event|message|comment|view|click|visit|transaction|payment|notification|session|audit|activity|activities|history|submission|response|record|metric|trace|execution|run|attempt|delivery|email|reaction|like|vote|snapshot|order|job|usage|transition|entry|entries)s?$/i;

/** Whether a single parent may have any number of its rows. */
export function pilesUp(graph: ProjectGraph, model: Model, project: ProjectSettings): boolean {
  return modelSize(graph, model, project) === 'growing' && PILING.test(model.name);
}

/** Judges a model's size; `growing` means requests add rows to it or its name says so. */
export function modelSize(graph: ProjectGraph, model: Model, project: ProjectSettings): ModelSize {
  const rows = project.models[model.name]?.rows;
  if (rows !== undefined) return rows <= project.smallModelRows ? 'small' : 'growing';
  if (isKeyValue(model)) return 'small';
  const created = graph.lookUp(CREATED, model.name)?.has(model) ?? false;
  if (MAINTAINED.test(model.name)) return created ? 'unknown' : 'small';
  return created || EVENTFUL.test(model.name) ? 'growing' : 'unknown';
}

/** A table with neither parents nor a telling name: requests may add rows, but as often it is a list that an administrator keeps. */
export function standsAlone(model: Model, project: ProjectSettings): boolean {
  if (project.models[model.name]?.rows !== undefined || EVENTFUL.test(model.name)) return false;
  return ![...model.fields.values()].some(
    (field) =>
      field.kind === 'relation' && field.required && holdsMany(model, field.foreignKey) && !MAINTAINED.test(field.type),
  );
}

/** Several rows may point to one parent. */
function holdsMany(model: Model, foreignKey: readonly string[]): boolean {
  const [first, ...others] = foreignKey.map((name) => model.fields.get(name));
  if (!first) return false;
  return others.length > 0 || first.kind === 'relation' || !(first.unique || first.id);
}

/** Settings: a key, a value, and hardly anything else. */
function isKeyValue(model: Model): boolean {
  const names = [...model.fields.keys()].filter(
    (name) => !/^(id|createdAt|updatedAt|created_at|updated_at)$/.test(name),
  );
  return (
    names.length <= 3 && names.some((name) => /^(key|name)$/i.test(name)) && names.some((name) => /^value$/i.test(name))
  );
}

/** By name: models that requests add rows to. */
const CREATED: Table<ReadonlySet<Model>> = {
  name: 'created',
  read: createdInRequests,
  same: (a, b) => a.size === b.size && [...a].every((model) => b.has(model)),
};

function createdInRequests(graph: ProjectGraph): ReadonlyMap<string, ReadonlySet<Model>> {
  const created = new Map<string, Set<Model>>();
  for (const site of graph.sites) {
    const model = site.driver ? insertedModel(graph, site) : createdModel(site);
    if (!model || site.function.role !== 'app' || occasionOf(graph, site.function.id) === 'unknown') continue;
    created.set(model.name, (created.get(model.name) ?? new Set()).add(model));
  }
  return created;
}

function createdModel({ model, operation }: QuerySite): Model | null {
  return /^(create|createMany|createManyAndReturn|upsert)$/.test(operation) ? model : null;
}

/** The table that a driver is told to insert into. */
function insertedModel(graph: ProjectGraph, site: QuerySite): Model | null {
  const [usual] = site.operation === 'execute' ? (rawSql(graph, site)?.variants ?? []) : [];
  const [, table] =
    /^\s*insert\s+(?:ignore\s+)?into\s+["`]?([\w$]+)/i.exec(textOfParts(usual?.parts ?? [], () => '?')) ?? [];
  return table === undefined ? null : (site.schema.models.get(table) ?? null);
}
