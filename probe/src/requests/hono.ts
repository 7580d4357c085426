import { inRequest } from './inRequest.ts';

/** What is used of Hono's context. */
interface HonoContext {
  readonly req: { readonly method: string; readonly routePath: string };
}

/** Middleware for Hono: `app.use(honoRequests())`. */
export function honoRequests(options: { readonly sample?: number } = {}) {
  return (context: HonoContext, next: () => Promise<void>): Promise<void> =>
    inRequest({ ...options, method: context.req.method, route: () => context.req.routePath }, next);
}
