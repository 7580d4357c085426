import { inRequest } from './inRequest.ts';

/** What is used of Express's request, Nest's included. */
interface ExpressRequest {
  readonly method: string;
  readonly baseUrl?: string;
  readonly route?: { readonly path?: unknown };
}

/** Middleware for Express, and for Nest's `app.use` over it: first of all, before whatever makes queries. */
export function expressRequests(options: { readonly sample?: number } = {}) {
  return (request: ExpressRequest, _response: unknown, next: () => void): void => {
    const route = () => {
      const path = request.route?.path;
      return typeof path === 'string' ? `${request.baseUrl ?? ''}${path}` : null;
    };
    inRequest({ ...options, method: request.method, route }, next);
  };
}
