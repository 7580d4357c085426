import type { EntryPoint, FunctionNode } from '#graph/projectGraph.ts';
import type { EntryPointFact } from '#syntax/facts.ts';
import type { Use } from '#syntax/usage.ts';

/** Whether somebody waits for an answer here that a plain read gives, and nothing in the framework keeps that answer. */
export function answersReads(entry: EntryPoint): boolean {
  const { fact } = entry;
  if (entry.handler.role !== 'app' || keepsAnswer(fact)) return false;
  switch (fact.kind) {
    case 'route':
      return fact.method === 'GET' || (fact.method === null && fact.framework !== 'other' && !takesBody(entry.handler));
    case 'procedure':
      return fact.method === 'QUERY' || fact.method === 'GET';
    case 'loader':
      return true;
    case 'page':
      return fact.framework === 'next-pages' || isDynamicPage(entry);
    default:
      return false;
  }
}

/** Next keeps the answer by these settings; `revalidate: false` means for ever. */
function keepsAnswer({ settings }: EntryPointFact): boolean {
  const { revalidate, dynamic } = settings;
  if (dynamic === 'force-static' || dynamic === 'error') return true;
  if (revalidate !== undefined && revalidate !== 0) return true;
  return Boolean(settings['use cache'] || settings.prerender === true || settings.buildTime);
}

/** A page of the app router is made once, at build time, unless something in it needs the request. */
function isDynamicPage({ file, fact, handler }: EntryPoint): boolean {
  if (!/\/page\.[cm]?[jt]sx?$/.test(file) || fact.settings.generateStaticParams) return false;
  if (fact.settings.dynamic === 'force-dynamic' || fact.settings.revalidate === 0) return true;
  return (fact.route ?? '').includes('[') || requestUses(handler).some(({ path }) => path[0] === 'searchParams');
}

/** A handler of any method that reads what was sent is no read. */
function takesBody(handler: FunctionNode): boolean {
  return requestUses(handler).some((use) => use.path[0] === 'body' || (use.kind === 'method' && use.name === 'json'));
}

function requestUses({ fact }: FunctionNode): readonly Use[] {
  return fact.parameters[0]?.usage ?? [];
}
