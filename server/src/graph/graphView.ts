import type { EvidenceFact } from '#syntax/facts.ts';
import type { Target } from './link/callTargets.ts';
import type { LinkedProject } from './link/linkFiles.ts';
import { resolveValue } from './link/resolveValue.ts';
import { createMemory, type Memory } from './memory.ts';
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
import type { Key } from './trace.ts';
import { tracedFiles, tracedLinks } from './tracedFiles.ts';

/** A linked project as rules see it; what they ask is written down in the memory, so that it can tell which answers still hold. */
export function viewOf(project: LinkedProject, memory: Memory): ProjectGraph {
  const { input, second, edges, nodes } = project;
  const { trace } = memory;
  const link = { files: tracedLinks(project.grounds.files, trace), resolver: input.resolver };
  const functions = new Map<FunctionId, { readonly node: FunctionNode; readonly key: Key }>();
  const incoming = new Map<FunctionId, { readonly edges: readonly CallEdge[]; readonly key: Key }>();
  const sitesByCall = new Map<string, ReadonlyMap<number, QuerySite>>();
  let revision = 0;
  let own: Memory | null = null;

  const node = (id: FunctionId): FunctionNode => {
    const known = functions.get(id) ?? findFunction(id);
    trace.read(known.key);
    return known.node;
  };
  const findFunction = (id: FunctionId) => {
    const [path, index] = split(id);
    const file = project.grounds.files.get(path);
    if (!file) throw new Error(`no function ${id} in the graph`);
    const found = { node: nodes.node(file, index), key: trace.key('file', path) };
    functions.set(id, found);
    return found;
  };
  const callers = (id: FunctionId): readonly CallEdge[] => {
    const known = incoming.get(id) ?? findCallers(id);
    trace.read(known.key);
    return known.edges;
  };
  const findCallers = (id: FunctionId) => {
    const sources = project.callers.get(id) ?? [];
    const found = {
      edges: sources.flatMap((path) => edges.get(path)?.to.get(id) ?? []),
      key: trace.key('callers', id),
    };
    incoming.set(id, found);
    return found;
  };
  const sitesOf = (path: string): ReadonlyMap<number, QuerySite> => {
    trace.note('row', path);
    const known =
      sitesByCall.get(path) ?? new Map(second.get(path)?.queries.sites.map((site) => [site.call.index, site]));
    sitesByCall.set(path, known);
    return known;
  };
  /** A graph that another has followed remembers for itself. */
  const recall = (): Memory => {
    if (memory.revision() === revision) return memory;
    own ??= ownMemory(graph);
    return own;
  };

  const all = <Item>(items: readonly Item[]): readonly Item[] => {
    trace.note('everything', '');
    return items;
  };
  const sites = [...second.values()].flatMap(({ queries }) => queries.sites);
  const entryPoints = allEntryPoints(project);
  const unresolved = [...second.values()].flatMap(({ queries }) => queries.unresolved);
  const graph: ProjectGraph = {
    files: tracedFiles(input.files, trace),
    schemas: input.schemas,
    get sites() {
      return all(sites);
    },
    get entryPoints() {
      return all(entryPoints);
    },
    get unresolved() {
      return all(unresolved);
    },
    function: node,
    sitesIn: (id) => {
      const [path, index] = split(id);
      return [...sitesOf(path).values()].filter((site) => site.call.function === index);
    },
    siteAt: (file, call) => sitesOf(file).get(call) ?? null,
    callers,
    callees: (id) => {
      const [path] = split(id);
      trace.note('row', path);
      return edges.get(path)?.from.get(id) ?? [];
    },
    targets: (path, call) => {
      trace.note('row', path);
      const targets = second.get(path)?.calls.targets[call] ?? [];
      return targets.map((target) => node(functionId(target.path, target.function)));
    },
    outside: (path, call) => {
      trace.note('row', path);
      return second.get(path)?.calls.outside.packages[call] ?? [];
    },
    makesClient: (path, call) => {
      trace.note('row', path);
      return second.get(path)?.calls.outside.clients.includes(call) ?? false;
    },
    imports: (path) => {
      trace.note('file', path);
      return importedFiles(input, path);
    },
    callsTo: (id) =>
      callers(id).flatMap(({ kind, call, from }) => (kind === 'callback' ? [] : [{ file: split(from)[0], call }])),
    resolve: (path, value) => resolveValue(link, path, value),
    evidenceIn: (id) => evidenceOf(node(id)),
    shape: project.shape,
    packageOf: (path) => input.resolver.manifest(path)?.folder ?? null,
    role: (path) => {
      trace.note('file', path);
      return project.grounds.files.get(path)?.role ?? roleOf(path);
    },
    remember: (about, question, ask) => recall().remember(about, question, ask),
    lookUp: (table, name) => recall().lookUp(table, name),
  };
  const { facts, rows, callers: ids } = project.changes;
  memory.advance(graph, [
    ['everything', ''],
    ...facts.map((path) => ['file', path] as const),
    ...[...rows].map((path) => ['row', path] as const),
    ...[...ids].map((id) => ['callers', id] as const),
  ]);
  revision = memory.revision();
  return graph;
}

function importedFiles({ files, resolver }: LinkedProject['input'], path: string): readonly string[] {
  const specifiers = files.get(path)?.imports.flatMap(({ specifier, typeOnly }) => (typeOnly ? [] : [specifier])) ?? [];
  const passedOn = files.get(path)?.exports.flatMap(({ from }) => from?.specifier ?? []) ?? [];
  const found = [...new Set([...specifiers, ...passedOn])].map((specifier) => resolver.resolve(path, specifier));
  return found.flatMap((resolution) => (resolution.kind === 'file' ? [resolution.file] : []));
}

function ownMemory(graph: ProjectGraph): Memory {
  const memory = createMemory();
  memory.advance(graph, []);
  return memory;
}

function split(id: FunctionId): readonly [path: string, index: number] {
  const at = id.lastIndexOf('#');
  return [id.slice(0, at), Number(id.slice(at + 1))];
}

/** Recognised ones first; a handler is configured only where nothing recognised it. */
function allEntryPoints({ grounds, second, configured, nodes }: LinkedProject): readonly EntryPoint[] {
  const nodeAt = ({ path, function: index }: Target): FunctionNode[] => {
    const file = grounds.files.get(path);
    return file ? [nodes.node(file, index)] : [];
  };
  const recognised = [...second].flatMap(([path, { entries }]) =>
    entries.flatMap(({ fact, handler }) => nodeAt(handler).map((node) => nodes.entry(path, fact, node))),
  );
  const known = new Set(recognised.map(({ handler }) => handler.id));
  const further = configured.flatMap(nodeAt).filter(({ id }) => !known.has(id));
  return [...recognised, ...new Set(further.map((node) => nodes.configured(node)))];
}

function evidenceOf({ facts, fact }: FunctionNode): readonly EvidenceFact[] {
  return facts.evidence.filter((each) => each.function === fact.index);
}
