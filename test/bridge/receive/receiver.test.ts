import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import type { Delivery } from '#bridge/receive/delivery.ts';
import { startReceiver } from '#bridge/receive/receiver.ts';
import { seededRandom } from '#test/support/seededRandom.ts';
import { jsonExport, OPERATION, protobufExport, QUERY } from '../sources/support/otlpExport.ts';
import { jsonMetrics, protobufMetrics } from '../sources/support/otlpMetricsExport.ts';
import { PROBED_CALL } from './support/probedCall.ts';
import { type Sent, send, testReceiver } from './support/testReceiver.ts';

const JSON_TRACES = jsonExport(QUERY, OPERATION);
const PROTOBUF = 'application/x-protobuf';
const HISTOGRAM = {
  attributes: { 'http.route': '/a', 'http.request.method': 'GET', 'http.response.status_code': 200 },
  ...{ sum: 1, counts: [1, 1], bounds: [1] },
};
const LINES = { path: '/v1/samples', type: 'application/x-ndjson' };

/** Takes what comes without writing it anywhere. */
function keeping() {
  const taken: Delivery[] = [];
  const take = async (delivery: Delivery) => {
    taken.push(delivery);
    return true;
  };
  return { taken, take };
}

describe('a receiver', () => {
  const accepted: readonly (readonly [what: string, sent: Sent, spans: number, samples: number])[] = [
    ['traces in JSON', { body: JSON_TRACES }, 2, 0],
    ['traces in protobuf', { type: PROTOBUF, body: protobufExport(QUERY, OPERATION) }, 2, 0],
    ['a type with its charset', { type: 'application/json; charset=utf-8', body: JSON_TRACES }, 2, 0],
    ['gzip', { headers: { 'content-encoding': 'gzip' }, body: gzipSync(JSON_TRACES) }, 2, 0],
    ['deflate', { headers: { 'content-encoding': 'deflate' }, body: deflateSync(JSON_TRACES) }, 2, 0],
    [
      'packed protobuf',
      { type: PROTOBUF, headers: { 'content-encoding': 'gzip' }, body: gzipSync(protobufExport(QUERY)) },
      1,
      0,
    ],
    ['an empty export', { type: PROTOBUF, body: '' }, 0, 0],
    ['metrics in JSON', { path: '/v1/metrics', body: jsonMetrics(HISTOGRAM) }, 0, 2],
    ['metrics in protobuf', { path: '/v1/metrics', type: PROTOBUF, body: protobufMetrics(HISTOGRAM) }, 0, 2],
    ["the probe's lines", { ...LINES, body: `${JSON.stringify(PROBED_CALL)}\n${JSON.stringify(PROBED_CALL)}\n` }, 0, 2],
    ['IPv6', { host: '::1', body: JSON_TRACES }, 2, 0],
    ['a container', { headers: { host: 'host.docker.internal:4318' }, body: JSON_TRACES }, 2, 0],
    ['a path with a query', { path: '/v1/traces/?a=b', body: JSON_TRACES }, 2, 0],
  ];
  for (const [what, sent, spans, samples] of accepted)
    test(`takes ${what}`, async (context) => {
      const deliveries = keeping();
      const { port } = await testReceiver(context, deliveries);
      const { status, headers, body } = await send(port, sent);
      const empty = sent.type === PROTOBUF ? '' : '{}';
      assert.deepEqual([status, String(body), headers['access-control-allow-origin']], [200, empty, undefined]);
      assert.equal(headers['content-type'], sent.type === PROTOBUF ? PROTOBUF : 'application/json');
      assert.deepEqual(
        deliveries.taken.map((one) => [one.spans.length, one.samples.length, one.unreadable]),
        [[spans, samples, 0]],
      );
    });

  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
  const refused: readonly (readonly [what: string, sent: Sent, status: number, message: RegExp])[] = [
    ['a name that leads here', { headers: { host: 'attacker.example:4318' } }, 403, /localhost/],
    ['another address', { headers: { host: '192.168.1.2:4318' } }, 403, /localhost/],
    ['a page in a browser', { headers: { origin: 'http://localhost:3000' } }, 403, /browser/],
    ['a form of another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 403, /browser/],
    ['the question of a browser', { method: 'OPTIONS', headers: { origin: 'https://a.example' } }, 403, /browser/],
    ['other paths', { path: '/v1/profiles' }, 404, /\/v1\/traces, .*\/v1\/samples/],
    ['names every object has', { path: '/constructor', type: 'toString' }, 404, /there are/],
    ['other methods', { method: 'GET', type: '' }, 405, /POST/],
    ['other types', { type: 'text/plain', body: JSON_TRACES }, 415, /content-type/],
    ['types every object has', { type: 'constructor', body: JSON_TRACES }, 415, /content-type/],
    ['no type', { type: '', body: JSON_TRACES }, 415, /content-type/],
    ['other packing', { headers: { 'content-encoding': 'br' }, body: 'x' }, 415, /gzip/],
    ['broken packing', { headers: { 'content-encoding': 'gzip' }, body: 'x' }, 400, /not gzip/],
    ['broken JSON', { body: JSON_TRACES.slice(5) }, 400, /not what its content-type says/],
    ['other JSON', { body: '{"resourceMetrics":[]}' }, 400, /not what/],
    ['traces where metrics belong', { path: '/v1/metrics', body: JSON_TRACES }, 400, /not what/],
    ['broken lines', { ...LINES, body: 'hello\n' }, 400, /not what/],
    ['too much', { body: Buffer.alloc(17 * 1024 * 1024, ' ') }, 413, /larger than 16 MB/],
    ['what unpacks to too much', { headers: { 'content-encoding': 'gzip' }, body: bomb }, 413, /larger than 16 MB/],
  ];
  for (const [what, sent, status, message] of refused)
    test(`refuses ${what}`, async (context) => {
      const deliveries = keeping();
      const { port } = await testReceiver(context, deliveries);
      const answer = await send(port, { body: JSON_TRACES, ...sent });
      assert.equal(answer.status, status);
      assert.match(JSON.parse(String(answer.body)).message, message);
      assert.deepEqual([deliveries.taken, answer.headers['access-control-allow-origin']], [[], undefined]);
    });

  test('refuses in the form it was asked in', async (context) => {
    const { port } = await testReceiver(context, keeping());
    const { status, headers, body } = await send(port, { type: PROTOBUF, body: Buffer.from([0x0a, 0x7f]) });
    assert.deepEqual([status, headers['content-type']], [400, PROTOBUF]);
    const reader = new BinaryReader(body);
    assert.deepEqual([reader.tag(), reader.int32(), reader.tag()], [[1, 0], 3, [2, 2]]);
    assert.match(reader.string(), /not what/);
  });

  test('says which part it could not take', async (context) => {
    const { port } = await testReceiver(context, keeping());
    const broken = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }, 7] }] }] });
    const { status, body } = await send(port, { body: broken });
    assert.equal(status, 200);
    assert.equal(JSON.parse(String(body)).partialSuccess.rejectedSpans, '2');
    const protobuf = await send(port, { type: PROTOBUF, body: Buffer.from([0x0a, 4, 0x12, 2, 0x12, 0]) });
    assert.deepEqual([protobuf.status, protobuf.body.subarray(2, 4)], [200, Buffer.from([0x08, 1])]);
  });

  test('drops logs, and says so once they come', async (context) => {
    const deliveries = keeping();
    const { port } = await testReceiver(context, deliveries);
    const { status, body } = await send(port, { path: '/v1/logs', body: '{"resourceLogs":[]}' });
    assert.deepEqual(
      [status, JSON.parse(String(body)), deliveries.taken],
      [200, { partialSuccess: { errorMessage: 'logs are not read' } }, []],
    );
  });

  test('asks to send again what it has no room for', async (context) => {
    const deliveries = keeping();
    const { port } = await testReceiver(context, deliveries, { bytes: 100 });
    const { status, headers } = await send(port, { body: JSON_TRACES });
    assert.deepEqual([status, headers['retry-after'], deliveries.taken], [503, '1', []]);
    assert.equal((await send(port, { type: PROTOBUF, body: '' })).status, 200);
  });

  test('asks to send again what could not be written', async (context) => {
    const { port } = await testReceiver(context, { take: async () => false });
    const { status, headers } = await send(port, { body: JSON_TRACES });
    assert.deepEqual([status, headers['retry-after']], [503, '1']);
  });

  test('outlives what fails inside it', async (context) => {
    const { port } = await testReceiver(context, { take: async () => Promise.reject(new Error('secret')) });
    const { status, body } = await send(port, { body: JSON_TRACES });
    assert.deepEqual([status, String(body).includes('secret')], [500, false]);
    assert.equal((await send(port, { body: JSON_TRACES })).status, 500);
  });

  test('waits for nobody who sends slowly', async (context) => {
    const { port } = await testReceiver(context, keeping(), { headersMs: 100, requestMs: 200 });
    const head = 'POST /v1/traces HTTP/1.1\r\nhost: localhost\r\n';
    for (const begun of ['P', head, `${head}content-type: application/json\r\ncontent-length: 100\r\n\r\n{`])
      assert.match(await answerTo(port, begun), /^(?:HTTP\/1\.1 408|$)/);
    assert.match(await answerTo(port, '\x16\x03\x01\x00\n\r\n\r\n'), /^HTTP\/1\.1 400/);
    assert.equal((await send(port, { body: JSON_TRACES })).status, 200);
  });

  test('outlives whatever bytes come', async (context) => {
    const { port } = await testReceiver(context, keeping(), { headersMs: 200, requestMs: 200 });
    const { below } = seededRandom(7);
    const whole = `POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${JSON_TRACES.length}\r\n\r\n${JSON_TRACES}`;
    const damaged = Array.from({ length: 120 }, () => {
      const at = below(whole.length);
      return `${whole.slice(0, at)}${String.fromCharCode(below(256))}${whole.slice(at + below(3))}`.slice(
        0,
        below(2 * whole.length),
      );
    });
    for (let at = 0; at < damaged.length; at += 12)
      await Promise.all(damaged.slice(at, at + 12).map((bytes) => answerTo(port, bytes, 300)));
    assert.equal((await send(port, { body: JSON_TRACES })).status, 200);
  });

  test('takes so many connections and no more', async (context) => {
    const { port } = await testReceiver(context, keeping(), { connections: 3, headersMs: 300 });
    const many = await Promise.all(Array.from({ length: 8 }, () => answerTo(port, 'P')));
    assert.ok(many.filter((answer) => answer === '').length >= 5);
    assert.equal((await send(port, { body: JSON_TRACES })).status, 200);
  });

  test('says when its port is taken, on either address', async (context) => {
    const { port } = await testReceiver(context, keeping());
    assert.deepEqual(await startReceiver(port, keeping()), { kind: 'taken' });
  });

  test('answers what is under way before it closes', async (context) => {
    let done: (written: boolean) => void = () => undefined;
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const receiver = await testReceiver(context, {
      take: () => {
        begin();
        return new Promise((resolve) => {
          done = resolve;
        });
      },
    });
    const answer = send(receiver.port, { body: JSON_TRACES });
    await begun;
    const closing = receiver.close();
    done(true);
    assert.equal((await answer).status, 200);
    await closing;
    await assert.rejects(send(receiver.port, { body: JSON_TRACES }), { code: 'ECONNREFUSED' });
  });
});

/** What is answered to bytes after which nothing comes, or nothing for so many milliseconds. */
function answerTo(port: number, bytes: string, patienceMs = 10_000): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}
