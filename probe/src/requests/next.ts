import { inRequest } from './inRequest.ts';

/** A route handler, server action or page of Next, told with the route it answers: `export const GET = nextRequests('GET', '/api/orders', handler)`. */
export function nextRequests<Args extends readonly unknown[], Result>(
  method: string,
  route: string,
  handler: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) => inRequest({ method, route }, () => handler(...args));
}
