export { querylensComments, type SqlComments } from './comments.ts';
export { expressRequests } from './requests/express.ts';
export { fastifyRequests } from './requests/fastify.ts';
export { honoRequests } from './requests/hono.ts';
export { inRequest, type RequestOptions } from './requests/inRequest.ts';
export { nextRequests } from './requests/next.ts';
export type { ProbeOptions } from './settings.ts';
export { withQuerylens } from './withQuerylens.ts';
