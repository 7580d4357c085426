import type { SchemaModel } from '#schema/schemaModel.ts';
import type { EvidenceFact, FileFacts } from '#syntax/facts.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { callEdges } from './link/callEdges.ts';
import { functionArguments } from './link/callResults.ts';
import { type CallTable, tableCalls } from './link/callTargets.ts';
import { configuredEntries } from './link/configuredEntries.ts';
import type { Link, LinkedFile } from './link/entities.ts';
import { createHanded } from './link/handedValues.ts';
import { createLink, linkFiles } from './link/link.ts';
import { type FoundQueries, queriesIn } from './link/querySites.ts';
import { resolveValue } from './link/resolveValue.ts';
import { createModuleResolver, type ModuleResolver } from './modules/moduleResolution.ts';
import {
  type CallEdge,
  type EntryPoint,
  type FunctionId,
  type FunctionNode,
  functionId,
  type ProjectGraph,
  type QuerySite,
} from './projectGraph.ts';
import { roleOf } from './roles.ts';

export interface GraphInput {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly schemas: readonly SchemaModel[];
  /** Asked for its file list, manifests and compiler settings only. */
  readonly workspace: Workspace;
  /** Handed over where file selection made one already. */
  readonly resolver?: ModuleResolver;
  /** The setting of the same name: functions and globs through which requests enter, besides what is recognised. */
  readonly entryPoints?: readonly string[];
}

/** Links all facts. Files are taken in the order of their paths, so that equal input gives an equal graph. */
export function buildGraph(input: GraphInput): ProjectGraph {
  const files = new Map([...input.files].sort(([a], [b]) => (a < b ? -1 : 1)));
  const linked = linkFiles(files);
  const { link, calls } = linkProject(linked, input.schemas, input.resolver ?? createModuleResolver(input.workspace));
  const node = createNodes(linked);
  const queries = [...linked.values()].map((file) =>
    queriesIn(link, file, (index) => node(functionId(file.path, index))),
  );
  const edges = indexEdges(callEdges(link, calls));
  const sites = indexSites(queries);
  return {
    files,
    schemas: input.schemas,
    sites: sites.all,
    entryPoints: allEntryPoints(link, node, input.entryPoints ?? []),
    unresolved: queries.flatMap((found) => found.unresolved),
    function: node,
    sitesIn: (id) => sites.byFunction.get(id) ?? [],
    siteAt: (file, call) => sites.byCall.get(`${file}#${call}`) ?? null,
    callers: (id) => edges.callers.get(id) ?? [],
    callees: (id) => edges.callees.get(id) ?? [],
    targets: (path, call) => {
      const file = linked.get(path);
      return file ? calls.targets(file, call).map((target) => node(functionId(target.file.path, target.function))) : [];
    },
    callsTo: (id) => {
      const { file, fact } = node(id);
      const owner = linked.get(file);
      return owner
        ? calls.callsTo(owner, fact.index).map((placed) => ({ file: placed.file.path, call: placed.call }))
        : [];
    },
    resolve: (path, value) => resolveValue(link, path, value),
    evidenceIn: (id) => evidenceOf(node(id)),
    role: (path) => linked.get(path)?.role ?? roleOf(path),
  };
}

/** Links twice: what parameters hold is known from the calls the first round finds. */
function linkProject(
  linked: ReadonlyMap<string, LinkedFile>,
  schemas: readonly SchemaModel[],
  resolver: ModuleResolver,
): { readonly link: Link; readonly calls: CallTable } {
  const first = tableCalls(createLink(linked, schemas, resolver, () => []));
  const link: Link = createLink(
    linked,
    schemas,
    resolver,
    createHanded(first, () => link),
  );
  return { link, calls: tableCalls(link, first) };
}

function createNodes(linked: ReadonlyMap<string, LinkedFile>): (id: FunctionId) => FunctionNode {
  const nodes = new Map<FunctionId, FunctionNode>();
  return (id) => {
    const known = nodes.get(id);
    if (known) return known;
    const at = id.lastIndexOf('#');
    const file = linked.get(id.slice(0, at));
    const fact = file?.facts.functions[Number(id.slice(at + 1))];
    if (!file || !fact) throw new Error(`no function ${id} in the graph`);
    const node: FunctionNode = { id, file: file.path, facts: file.facts, fact, role: file.role };
    nodes.set(id, node);
    return node;
  };
}

function indexEdges(edges: Iterable<CallEdge>): {
  readonly callers: ReadonlyMap<FunctionId, CallEdge[]>;
  readonly callees: ReadonlyMap<FunctionId, CallEdge[]>;
} {
  const callers = new Map<FunctionId, CallEdge[]>();
  const callees = new Map<FunctionId, CallEdge[]>();
  for (const edge of edges) {
    listAt(callers, edge.to).push(edge);
    listAt(callees, edge.from).push(edge);
  }
  return { callers, callees };
}

function indexSites(queries: readonly FoundQueries[]): {
  readonly all: readonly QuerySite[];
  readonly byFunction: ReadonlyMap<FunctionId, QuerySite[]>;
  readonly byCall: ReadonlyMap<string, QuerySite>;
} {
  const all = queries.flatMap((found) => found.sites);
  const byFunction = new Map<FunctionId, QuerySite[]>();
  for (const site of all) listAt(byFunction, site.function.id).push(site);
  return { all, byFunction, byCall: new Map(all.map((site) => [`${site.file}#${site.call.index}`, site])) };
}

function listAt<Key, Item>(map: Map<Key, Item[]>, key: Key): Item[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

/** Recognised ones first; a handler is configured only where nothing recognised it. */
function allEntryPoints(
  link: Link,
  node: (id: FunctionId) => FunctionNode,
  settings: readonly string[],
): readonly EntryPoint[] {
  const recognised = [...link.files.values()].flatMap((file) => entryPointsOf(link, file, node));
  const handlers = new Set(recognised.map(({ handler }) => handler.id));
  const configured: EntryPoint[] = [];
  for (const { file, fact, handler } of configuredEntries(link, settings)) {
    const id = functionId(handler.file.path, handler.function);
    if (!handlers.has(id)) configured.push({ file: file.path, fact, handler: node(id) });
    handlers.add(id);
  }
  return [...recognised, ...configured];
}

function entryPointsOf(link: Link, file: LinkedFile, node: (id: FunctionId) => FunctionNode): readonly EntryPoint[] {
  return file.facts.entryPoints.flatMap((fact) => {
    const handlers = functionArguments(link, file, [fact.handler]);
    return handlers.map((entity) => ({
      file: file.path,
      fact,
      handler: node(functionId(entity.file.path, entity.function)),
    }));
  });
}

function evidenceOf({ facts, fact }: FunctionNode): readonly EvidenceFact[] {
  return facts.evidence.filter((each) => each.function === fact.index);
}
