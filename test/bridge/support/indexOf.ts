import { type SiteIndex, siteIndex } from '#bridge/attribute/siteIndex.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { SentWays } from '#sql/sentWays.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { analyse } from '#test/support/analyse.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

/** The index over a project held in memory. */
export async function indexOf(files: Readonly<Record<string, string>>): Promise<IndexedFiles> {
  const { graph } = await analyse(files, []);
  const compiler = await createSqlCompiler(memoryWorkspace(files)).open(graph.schemas, graph);
  const ways = (site: QuerySite) => compiler.sentBy(graph, site);
  return { graph, ways, index: siteIndex(graph, ways) };
}

export interface IndexedFiles {
  readonly index: SiteIndex;
  readonly graph: ProjectGraph;
  /** All a call may send. */
  readonly ways: (site: QuerySite) => SentWays;
}

/** The line, from 1, on which a call stands. */
export function lineOf({ facts, call }: QuerySite): number {
  return facts.lineStarts.filter((start) => start <= call.nameSpan.start).length;
}
