import { calleePlace, positionAt } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Range, Span } from '#shared/location.ts';
import { toRange } from './textPosition.ts';

export { describeSite as queryName } from '#graph/describe.ts';
export type { QuerySite } from '#graph/projectGraph.ts';

/** The query at an offset: the innermost one around it, else one on its line, the last that begins before it. */
export function siteAt(graph: ProjectGraph, file: string, offset: number): QuerySite | null {
  const sites = sitesIn(graph, file);
  const around = sites.findLast(({ call: { span } }) => span.start <= offset && offset <= span.end);
  if (around) return around;
  const line = positionAt(graph.files.get(file)?.lineStarts ?? [], offset).line;
  const onLine = sites.filter((site) => lineOf(site) === line);
  return onLine.findLast(({ call }) => call.nameSpan.start <= offset) ?? onLine[0] ?? null;
}

/** The query of a line, from 1: the first one on it, else the innermost one around it. */
export function siteOnLine(graph: ProjectGraph, file: string, line: number): QuerySite | null {
  const sites = sitesIn(graph, file);
  const around = sites.findLast((site) => {
    const at = (offset: number) => positionAt(site.facts.lineStarts, offset).line;
    return at(site.call.span.start) <= line && line <= at(site.call.span.end);
  });
  return sites.find((site) => lineOf(site) === line) ?? around ?? null;
}

/** The queries of a file in its order, outer ones before those inside them. */
export function sitesIn(graph: ProjectGraph, file: string): readonly QuerySite[] {
  return graph.sites
    .filter((site) => site.file === file)
    .sort((a, b) => a.call.span.start - b.call.span.start || b.call.span.end - a.call.span.end);
}

/** The queries of a file by how near they are to a line, nearest first. */
export function nearestSites(graph: ProjectGraph, file: string, line: number): readonly QuerySite[] {
  const distance = (site: QuerySite) => Math.abs(lineOf(site) - line);
  return sitesIn(graph, file).toSorted((a, b) => distance(a) - distance(b));
}

/** The line, from 1, on which a query says what it does. */
export function lineOf({ facts, call }: QuerySite): number {
  return positionAt(facts.lineStarts, call.nameSpan.start).line;
}

/** From a query's first word to the name of its operation. */
export function calleeSpan({ file, call }: QuerySite): Span {
  return calleePlace(file, call).span;
}

/** The same in lines and columns. */
export function calleeRange(site: QuerySite): Range {
  return toRange(calleeSpan(site), site.facts.lineStarts);
}
