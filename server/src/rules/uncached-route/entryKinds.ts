import type { EntryPoint, FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import type { Use } from '#syntax/usage.ts';
import { type Settings, settingsOf } from './layouts.ts';

/** Whether somebody waits for an answer here that a plain read gives, and nobody decided in the framework's terms how long it is kept. */
export function answersReads(graph: ProjectGraph, entry: EntryPoint): boolean {
  const { fact } = entry;
  const settings = settingsOf(graph, entry);
  if (entry.handler.role !== 'app' || decidesAge(settings)) return false;
  switch (fact.kind) {
    case 'route':
      return fact.method === 'GET' || (fact.method === null && fact.framework !== 'other' && !takesBody(entry.handler));
    case 'procedure':
      return fact.method === 'QUERY' || fact.method === 'GET';
    case 'loader':
      return true;
    case 'page':
      return fact.framework === 'next-pages' || isDynamicPage(entry, settings);
    default:
      return false;
  }
}

/** Next keeps the answer by these settings, where `revalidate: false` means for ever and 0 that somebody chose not to. */
function decidesAge(settings: Settings): boolean {
  const { revalidate, dynamic, fetchCache } = settings;
  if (dynamic === 'force-static' || dynamic === 'error' || revalidate !== undefined) return true;
  if (fetchCache === 'force-no-store' || fetchCache === 'only-no-store') return true;
  return Boolean(settings['use cache'] || settings.prerender === true || settings.buildTime);
}

/** A page of the app router is made once, at build time, unless something in it needs the request. */
function isDynamicPage({ file, fact, handler }: EntryPoint, settings: Settings): boolean {
  if (!/\/page\.[cm]?[jt]sx?$/.test(file)) return false;
  if (settings.dynamic === 'force-dynamic') return true;
  if (settings.generateStaticParams) return false;
  return (fact.route ?? '').includes('[') || requestUses(handler).some(({ path }) => path[0] === 'searchParams');
}

/** A handler of any method that reads what was sent is no read. */
function takesBody(handler: FunctionNode): boolean {
  return requestUses(handler).some((use) => use.path[0] === 'body' || (use.kind === 'method' && use.name === 'json'));
}

function requestUses({ fact }: FunctionNode): readonly Use[] {
  return fact.parameters[0]?.usage ?? [];
}
