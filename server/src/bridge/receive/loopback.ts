import type { IncomingHttpHeaders } from 'node:http';

/** Names a program on this machine, or in a container on it, calls the machine by; no stranger can make any of them lead here. */
const OWN_NAME =
  /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]|host\.docker\.internal|host\.containers\.internal)(?::\d{1,5})?$/i;

/**
 * Why a request is none of a program on this machine, null where it may be one. A page in a browser may have any name lead here, and then says
 * that name, or says where it comes from.
 */
export function foreignRequest({ host, origin, 'sec-fetch-site': site }: IncomingHttpHeaders): string | null {
  if (!OWN_NAME.test(host ?? '')) return 'only requests to localhost are taken';
  if (origin !== undefined || (site !== undefined && site !== 'none'))
    return 'requests of pages in a browser are not taken';
  return null;
}
