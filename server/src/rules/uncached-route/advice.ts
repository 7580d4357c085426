import type { EntryPointFact } from '#syntax/facts.ts';

/** Where this framework lets an answer be kept. */
export function adviceFor({ framework, kind }: EntryPointFact): string {
  if (framework === 'next-app' && kind === 'page')
    return "Wrap the query in `unstable_cache`, or mark its function with `'use cache'`.";
  if (framework === 'next-app')
    return "Export `revalidate`, send `Cache-Control: s-maxage=…`, or wrap the query in `unstable_cache` (`'use cache'` in newer versions).";
  if (framework === 'next-pages' && kind === 'page')
    return 'Use `getStaticProps` with `revalidate`, or set `Cache-Control: s-maxage=…` on the response.';
  if (framework === 'remix')
    return 'Export `headers` with `Cache-Control: s-maxage=…`, or keep the rows in a cache for a while.';
  if (framework === 'sveltekit')
    return "Call `setHeaders({ 'cache-control': 's-maxage=…' })`, or keep the rows in a cache for a while.";
  if (framework === 'nest') return 'Use `CacheInterceptor` with `@CacheTTL`, or set `Cache-Control: s-maxage=…`.';
  if (framework === 'trpc') return 'Set `Cache-Control` on the response, or keep the rows in a cache for a while.';
  return 'Set `Cache-Control: public, max-age=…`, or keep the rows in a cache for a while.';
}
