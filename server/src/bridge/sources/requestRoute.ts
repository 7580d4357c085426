import type { Span } from './otlpSpans.ts';

const REQUEST_NAME = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S*$/;

/** What the request asked for in which a span ran, from the spans above it; null where they do not tell both method and route. */
export function requestRoute(path: readonly Span[]): string | null {
  for (const { name, attributes } of path.toReversed()) {
    const route = attributes.get('http.route') ?? attributes.get('next.route');
    const method = attributes.get('http.request.method') ?? attributes.get('http.method');
    if (typeof route === 'string' && typeof method === 'string') return `${method.toUpperCase()} ${route}`;
    if (REQUEST_NAME.test(name)) return name;
  }
  return null;
}
