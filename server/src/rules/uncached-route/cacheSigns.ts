import { describeCallee } from '#graph/describe.ts';
import { isInside } from '#graph/places.ts';
import type { EntryPoint, FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import { asksCache, cacheSignOf, wordsOf } from '#syntax/evidence/evidenceNames.ts';
import type { EvidenceFact, FileFacts } from '#syntax/facts.ts';

const CACHES: ReadonlySet<EvidenceFact['kind']> = new Set(['cache', 'http-cache']);

/** Frameworks that make a file one route: what the module says about caching holds for it. */
const ROUTE_FILES = new Set(['next-app', 'next-pages', 'remix', 'sveltekit']);

/** Whether wrappers, module or headers of the entry point itself show a cache, or forbid one on purpose. */
export function entryIsCached(
  graph: ProjectGraph,
  { file, fact }: EntryPoint,
  wrappers: readonly string[],
  helpers: ReadonlySet<string>,
): boolean {
  if (wrappers.some((name) => isCacheName(name, helpers))) return true;
  if (!ROUTE_FILES.has(fact.framework)) return false;
  const facts = graph.files.get(file);
  return facts?.evidence.some((each) => each.kind === 'http-cache' && saysForModule(facts, each)) ?? false;
}

/** Whether a function answers from a cache: by what it does, by what it stands in, or by a small helper it asks. */
export function isCached(graph: ProjectGraph, node: FunctionNode, helpers: ReadonlySet<string>): boolean {
  return showsCache(graph, node, helpers) || standsInCache(node) || asksCacheHelper(graph, node);
}

function showsCache(graph: ProjectGraph, node: FunctionNode, helpers: ReadonlySet<string>): boolean {
  if (graph.evidenceIn(node.id).some((each) => CACHES.has(each.kind) || each.sign === 'Cache-Control')) return true;
  if (helpers.size === 0) return false;
  return node.facts.calls.some(
    (call) =>
      call.function === node.fact.index && helpers.has(describeCallee(node.facts, call).split('.').at(-1) ?? ''),
  );
}

/** Written in place as an argument of `unstable_cache(…)` and the like, at whatever depth. */
function standsInCache({ facts, fact }: FunctionNode): boolean {
  return facts.evidence.some(
    (each) => each.kind === 'cache' && each.function !== fact.index && isInside(fact.span, each.span),
  );
}

/** `const hit = await readHot(key)`, where the helper asks a cache and no database. */
function asksCacheHelper(graph: ProjectGraph, node: FunctionNode): boolean {
  return graph.callees(node.id).some(({ to, kind }) => {
    const helper = graph.function(to);
    if (kind !== 'call' || /rate|limit|throttle|session|lock/i.test(helper.fact.symbol + helper.file)) return false;
    return (
      graph.evidenceIn(to).some((each) => each.kind === 'cache') &&
      graph.sitesIn(to).length === 0 &&
      graph.callees(to).length === 0
    );
  });
}

/** At module level, or in the `headers` function a route file exports. */
function saysForModule(facts: FileFacts, { function: home }: EvidenceFact): boolean {
  return home === 0 || facts.functions[home]?.name === 'headers';
}

function isCacheName(name: string, helpers: ReadonlySet<string>): boolean {
  const parts = name.split('.');
  return (
    asksCache(name) ||
    parts.some((part) => helpers.has(part) || (cacheSignOf(part) !== null && wordsOf(part).length < 6))
  );
}
