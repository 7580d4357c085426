import { buildGraph } from '#graph/buildGraph.ts';
import type { CallEdge, FunctionId, FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { extractFacts } from '#syntax/extractFacts.ts';
import { projectFiles, splitParts } from '#test/support/exampleParts.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

/** Links a project written as one text with `// @file: path` lines; the default schema stands in for a missing one. */
export function graphOf(text: string, entryPoints: readonly string[] = []): ProjectGraph {
  const files = projectFiles(splitParts(text, 'a.ts'));
  const workspace = memoryWorkspace(files);
  const { schemas } = loadSchemas(workspace);
  const sources = workspace.files().filter((file) => /\.[cm]?[jt]sx?$/.test(file));
  const facts = new Map(sources.map((file) => [file, extractFacts(file, files[file] ?? '')]));
  return buildGraph({ files: facts, schemas, workspace, entryPoints });
}

/** Every way from the outside to a query: `a.ts GET -> b.ts list -> query Order.findMany`, `~>` where a callback is handed over. */
export function waysOf(graph: ProjectGraph): readonly string[] {
  const ways = graph.sites.flatMap((site) => {
    const model = site.model?.name ?? 'raw';
    const end = `query ${model}.${site.operation}${site.transaction ? ` (${site.transaction})` : ''}`;
    return waysTo(graph, site.function.id, new Set()).map((way) => `${way} -> ${end}`);
  });
  return [...new Set(ways)].sort();
}

function waysTo(graph: ProjectGraph, id: FunctionId, seen: ReadonlySet<FunctionId>): readonly string[] {
  const node = graph.function(id);
  const edges = graph.callers(id).filter(({ from }) => graph.function(from).fact.index !== 0 && !seen.has(from));
  if (edges.length === 0) return [nameOf(node)];
  const inner = new Set([...seen, id]);
  return edges.flatMap((edge) => waysTo(graph, edge.from, inner).map((way) => `${way} ${arrow(edge)} ${nameOf(node)}`));
}

function nameOf({ file, fact }: FunctionNode): string {
  return `${file} ${fact.symbol === '' ? '<module>' : fact.symbol}`;
}

function arrow({ kind, loop }: CallEdge): string {
  const shaft = { call: '->', callback: '~>', render: '=>' }[kind];
  return loop ? `${shaft} (each)` : shaft;
}
