import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { serve } from '@hono/node-server';
import fastify from 'fastify';
import { Hono } from 'hono';
import { expressRequests } from '#probe/requests/express.ts';
import { fastifyRequests } from '#probe/requests/fastify.ts';
import { honoRequests } from '#probe/requests/hono.ts';
import { inRequest } from '#probe/requests/inRequest.ts';
import { nextRequests } from '#probe/requests/next.ts';
import type { RunningCall, RunningRequest } from '#probe/runningCall.ts';
import { sampleWriter } from '#probe/sampleText.ts';
import { currentScope } from '#probe/scope.ts';
import type { ProbeSample } from '#shared/probeSample.ts';

interface Router {
  get(path: string, handler: (request: unknown, response: { send(text: string): unknown }) => unknown): Router;
  use(...handlers: readonly unknown[]): Router;
}

interface Express {
  (): Router & { listen(port: number, host: string): Server };
  Router(): Router;
}

/** Its types are a package of their own, with which examples of rules would no longer be read as written. */
const express = createRequire(import.meta.url)('express') as Express;

/** What a query made while a request is answered would be told with. */
async function seenDeepInside(): Promise<string> {
  await new Promise((done) => setTimeout(done, 5));
  const { request } = currentScope();
  return `${request?.route()} ${request?.id}`;
}

/** Two requests at once each keep their own identity, and both know the route's pattern. */
async function check(ask: () => Promise<string>, route: string): Promise<void> {
  const answers = await Promise.all([ask(), ask()]);
  const [one = '', other = ''] = answers.map((answer) => answer.replace(`${route} `, ''));
  assert.ok(
    answers.every((answer) => answer.startsWith(`${route} `)),
    answers.join('\n'),
  );
  assert.match(one, /^[\w-]+$/);
  assert.notEqual(one, other);
  assert.equal(currentScope().request, null);
}

async function asking(server: Server, run: (address: string) => Promise<void>): Promise<void> {
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

const textOf = async (address: string) => (await fetch(address)).text();

describe('requests', () => {
  test('of Express, in a router of their own', async () => {
    const app = express();
    const orders = express.Router();
    orders.get('/:id', async (_request, response) => void response.send(await seenDeepInside()));
    app.use(expressRequests());
    app.use('/orders', orders);
    const server = app.listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    await asking(server, (address) => check(() => textOf(`${address}/orders/7`), 'GET /orders/:id'));
  });

  test('of Fastify', async () => {
    const app = fastify();
    fastifyRequests(app);
    app.get('/orders/:id', () => seenDeepInside());
    await app.listen({ host: '127.0.0.1', port: 0 });
    await asking(app.server, (address) => check(() => textOf(`${address}/orders/7`), 'GET /orders/:id'));
  });

  test('of Hono', async () => {
    const app = new Hono();
    app.use(honoRequests());
    app.get('/orders/:id', async (context) => context.text(await seenDeepInside()));
    const server = await new Promise<Server>((done) => {
      const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => done(started as Server));
    });
    await asking(server, (address) => check(() => textOf(`${address}/orders/7`), 'GET /orders/:id'));
  });

  test('of Next, whose handlers are told their route', () =>
    check(nextRequests('GET', '/api/orders', seenDeepInside), 'GET /api/orders'));

  test('of anything else', () => check(() => inRequest({ route: 'job mailDigest' }, seenDeepInside), 'job mailDigest'));

  test('inside another belong to it', () =>
    inRequest({ route: 'outer' }, async () => {
      const outer = currentScope().request;
      await inRequest({ route: 'inner' }, async () => assert.equal(currentScope().request, outer));
    }));

  test('that is looked at stands for those that are not', () => {
    const weight = (sample?: number) =>
      inRequest(sample === undefined ? {} : { sample }, () => currentScope().request?.weight);
    assert.deepEqual([weight(), weight(1), weight(0.1), weight(0.01), weight(0)], [1, 1, 10, 100, 1]);
  });

  test('give their calls the weight they have, not that of calls outside of requests', () => {
    const write = sampleWriter({ root: '/', sample: 0.01 });
    const weight = (request: RunningRequest | null) => {
      const method = { model: 'A', operation: 'count', client: { active: false } };
      const line = write({
        method,
        place: { site: null },
        at: 1,
        ms: 1,
        rows: null,
        request,
      } as unknown as RunningCall);
      return (JSON.parse(line) as ProbeSample).weight ?? 1;
    };
    const request = { id: 'r', route: () => null, sampled: true };
    assert.deepEqual(
      [weight(null), weight({ ...request, weight: 10 }), weight({ ...request, weight: 1 })],
      [100, 10, 1],
    );
  });

  test('are looked at as a whole or not at all', () => {
    const sampled = (sample: number) => inRequest({ sample }, () => currentScope().request?.sampled);
    assert.equal(sampled(1), true);
    assert.equal(sampled(0), false);
  });
});
