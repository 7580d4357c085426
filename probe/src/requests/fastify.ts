import { inRequest } from './inRequest.ts';

/** What is used of Fastify's request. */
interface FastifyRequest {
  readonly method: string;
  readonly routeOptions?: { readonly url?: string | undefined };
}

type Hook = (request: FastifyRequest, reply: unknown, done: () => void) => void;

interface Fastify {
  addHook(name: 'onRequest', hook: Hook): unknown;
}

/** For `fastifyRequests(app)`, before routes are registered. */
export function fastifyRequests(app: Fastify, options: { readonly sample?: number } = {}): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const route = () => request.routeOptions?.url ?? null;
    inRequest({ ...options, method: request.method, route }, done);
  });
}
