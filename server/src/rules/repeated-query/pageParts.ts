import { asksOf, type ReadAsk } from '#graph/asks/asks.ts';
import { inRun, type Term } from '#graph/asks/terms.ts';
import { groupsOf } from '#graph/groups.ts';
import type { EntryPoint, ProjectGraph } from '#graph/projectGraph.ts';

/** The functions that answer one request for a page, in the order they are asked: layouts from the outside in, then the page itself. */
export interface PageParts {
  readonly page: EntryPoint;
  readonly parts: readonly EntryPoint[];
}

/** Files of which the framework makes pages. */
export const PAGE = /^(.*\/)?(page\.[cm]?[jt]sx?|\+page\.server\.[jt]s)$/;
const LAYOUT = /^(.*\/)?(layout\.[cm]?[jt]sx?|\+layout\.server\.[jt]s)$/;

/** Pages of Next's app router and of SvelteKit that are answered by several functions; metadata and layouts belong to them. */
export function pagesOf(entryPoints: readonly EntryPoint[]): readonly PageParts[] {
  const entries = entryPoints.filter(({ fact }) => fact.settings.buildTime !== true && NESTED.has(fact.framework));
  const layouts = entries.filter(({ file }) => LAYOUT.test(file));
  const pages = entries.filter(({ file }) => PAGE.test(file));
  return groupsOf(pages, ({ file }) => file).flatMap((own) => {
    const [page] = own;
    const around = layouts.filter(({ file }) => isAround(file, page.file));
    const parts = [...around.toSorted((a, b) => a.file.length - b.file.length), ...own];
    return parts.length > 1 ? [{ page, parts }] : [];
  });
}

const NESTED: ReadonlySet<string> = new Set(['next-app', 'sveltekit']);

function isAround(layout: string, page: string): boolean {
  return page.startsWith(layout.slice(0, layout.lastIndexOf('/') + 1));
}

/** What a function of a page reads whenever it runs, in terms that are the same for all functions of the page. */
export function asksOfPart(graph: ProjectGraph, { handler }: EntryPoint): readonly ReadAsk[] {
  const run = { function: handler.id, given: (index: number) => (index === 0 ? REQUEST : null), name: handler.id };
  return asksOf(graph, handler.id).flatMap((ask) => {
    const given = ask.kind === 'read' ? inRun(ask.arguments, run) : null;
    return ask.kind === 'read' && given ? [{ ...ask, arguments: given }] : [];
  });
}

/** `params` and what else a page is handed is the same for its metadata and its layouts. */
const REQUEST: Term = { kind: 'text', text: 'request' };
