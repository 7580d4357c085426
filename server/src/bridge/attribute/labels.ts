import { functionId, type ProjectGraph, type QuerySite } from '#graph/projectGraph.ts';
import { referenceName } from '#graph/referenceName.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';

/** Names of something that is run, not routes, keys or sentences. */
const LABEL = /^[A-Za-z_$][\w$.:-]*$/;

/** Query sites by the label of the call around them, `timed('findUserByEmail', () => prisma.user.findUnique(…))`, or of one that is told how long the only query of a function took. */
export function labelledSites(graph: ProjectGraph): ReadonlyMap<string, readonly QuerySite[]> {
  const labels = new Map<string, readonly QuerySite[]>();
  for (const file of new Set(graph.sites.map((site) => site.file))) {
    for (const call of graph.files.get(file)?.calls ?? []) {
      const label = labelOf(call);
      if (label === null) continue;
      const around = wrapped(graph, file, call);
      const inside = around.length > 0 ? around : timedBeside(graph, file, call);
      if (inside.length > 0) labels.set(label, [...(labels.get(label) ?? []), ...inside]);
    }
  }
  return labels;
}

function labelOf({ arguments: [first] }: CallFact): string | null {
  if (first?.kind !== 'literal' || typeof first.value !== 'string') return null;
  return LABEL.test(first.value) ? first.value : null;
}

/** `queryTook('findUserByEmail', Date.now() - begun)`. */
function timedBeside(graph: ProjectGraph, file: string, call: CallFact): readonly QuerySite[] {
  const facts = graph.files.get(file);
  const [, took, ...others] = call.arguments;
  if (!facts || !took || others.some(({ kind }) => kind === 'function') || !isDuration(facts, took)) return [];
  const sites = graph.sitesIn(functionId(file, call.function));
  return sites.length === 1 ? sites : [];
}

function isDuration(facts: FileFacts, value: Value): boolean {
  if (value.kind === 'binary') return value.operator === '-';
  return (
    value.kind === 'reference' && /(?:duration|elapsed|took|ms|millis|time)$/i.test(referenceName(facts, value.to))
  );
}

function wrapped(graph: ProjectGraph, file: string, call: CallFact): readonly QuerySite[] {
  return call.arguments.flatMap((argument) => {
    if (argument.kind === 'function') return sitesWithin(graph, file, argument.function);
    const site = argument.kind === 'call' ? graph.siteAt(file, argument.call) : null;
    return site ? [site] : [];
  });
}

/** Of a function and of those written into it: a monitor stands around a cache, and that around the call. */
function sitesWithin(graph: ProjectGraph, file: string, outer: number): readonly QuerySite[] {
  const functions = graph.files.get(file)?.functions ?? [];
  const isWithin = (index: number | null): boolean =>
    index !== null && (index === outer || isWithin(functions[index]?.parent ?? null));
  return functions
    .filter(({ index }) => isWithin(index))
    .flatMap(({ index }) => graph.sitesIn(functionId(file, index)));
}
