import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A comment or note as both services tell it, as far as scripts read it. */
export interface KeptComment {
  readonly id: number;
  readonly user: { readonly type: 'Bot' | 'User' };
  body: string;
}

/** The few addresses at which GitHub and GitLab list, write and change comments; the services themselves cannot be had in a test. */
export interface CommentServer {
  readonly url: string;
  readonly comments: KeptComment[];
}

const LIST = /^(?:\/repos\/a\/b\/issues\/7\/comments|\/projects\/12\/merge_requests\/7\/notes)$/;
const ONE = /^(?:\/repos\/a\/b\/issues\/comments|\/projects\/12\/merge_requests\/7\/notes)\/(?<id>\d+)$/;

/** Keeps comments of number 7 of the repository `a/b`, or of project 12, on a port of this machine. */
export async function commentServer(context: { after(hook: () => void): void }): Promise<CommentServer> {
  const comments: KeptComment[] = Array.from({ length: 130 }, (_, id) => ({ id, user: { type: 'User' }, body: 'Hm.' }));
  const server = createServer((request, response) => void answer(request, response, comments));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}`, comments };
}

async function answer(request: IncomingMessage, response: ServerResponse, comments: KeptComment[]): Promise<void> {
  const url = new URL(request.url ?? '', `http://${request.headers.host}`);
  const sent = await text(request);
  const { body = '' }: { body?: string } = sent === '' ? {} : JSON.parse(sent);
  const one = comments.find(({ id }) => String(id) === ONE.exec(url.pathname)?.groups?.id);
  const isChange = request.method === 'PATCH' || request.method === 'PUT';
  if (one && isChange) one.body = body;
  if (LIST.test(url.pathname) && request.method === 'GET') return list(url, response, comments);
  if (LIST.test(url.pathname) && request.method === 'POST')
    comments.push({ id: comments.length, user: { type: 'Bot' }, body });
  else if (!(one && isChange)) response.statusCode = 404;
  response.setHeader('content-type', 'application/json').end(JSON.stringify(one ?? comments.at(-1)));
}

/** A page, with the next one named as each of the two does. */
function list(url: URL, response: ServerResponse, comments: readonly KeptComment[]): void {
  const [size, page] = [Number(url.searchParams.get('per_page') ?? 20), Number(url.searchParams.get('page') ?? 1)];
  const hasNext = page * size < comments.length;
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  if (hasNext) response.setHeader('link', `<${next}>; rel="next"`);
  response.setHeader('x-next-page', hasNext ? String(page + 1) : '');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(comments.slice((page - 1) * size, page * size)));
}
