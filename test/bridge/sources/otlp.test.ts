import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Caller, StatementSample } from '#bridge/sample.ts';
import { otlp } from '#bridge/sources/otlp.ts';
import { spansOfProtobuf } from '#bridge/sources/otlpProtobuf.ts';
import { spansOf } from '#bridge/sources/otlpSpans.ts';
import { spanStatements } from '#bridge/sources/otlpStatements.ts';
import { fixture } from './support/fixture.ts';
import { jsonExport, type MadeSpan, OPERATION, protobufExport, QUERY, TRACE } from './support/otlpExport.ts';
import { check, read } from './support/read.ts';

const REQUEST = 'e0a152bbb81fe18be2f73d7482bd35b0';
const caller = (model: string | null, operation: string) => ({ model, operation, file: null, line: null });
const CALL = { call: `${TRACE} ${OPERATION.id}` };

function server(name: string, attributes: MadeSpan['attributes'] = {}): MadeSpan {
  return { id: OPERATION.parent ?? '', name, attributes };
}

function withoutCall(caller: Caller | undefined) {
  if (!caller) return undefined;
  const { call, ...rest } = caller;
  assert.match(call ?? '', /^[\da-f]{32} [\da-f]{16}$/);
  return rest;
}

describe('traces as OTLP/JSON', () => {
  test('of Prisma 7 tell each statement, its call and its request', () => {
    const { samples, unreadable } = read(otlp, fixture('otlp.json'));
    assert.deepEqual(unreadable, []);
    const statements = samples.filter((sample): sample is StatementSample => sample.kind === 'statement');
    assert.deepEqual(
      statements.map((one) => [
        withoutCall(one.caller),
        /FROM "public"\."(\w+)"/.exec(one.sql)?.[1] ?? one.sql.slice(0, 8),
      ]),
      [
        [caller('User', 'findMany'), 'users'],
        [caller('User', 'findMany'), 'Post'],
        [caller('User', 'findUnique'), 'users'],
        [caller('User', 'count'), 'users'],
        [caller('User', 'count'), 'Org'],
        [undefined, 'COMMIT'],
        [caller(null, 'queryRaw'), 'SELECT 1'],
      ],
    );
    for (const { request, ms, at } of statements) {
      assert.equal(request, REQUEST);
      assert.ok(ms > 0 && ms < 1000);
      assert.ok(Math.abs((at ?? 0) - 1795220655265) < 10_000);
    }
  });

  test('may come in several exports, queries first', () =>
    check(otlp, `${jsonExport(QUERY)}\n${jsonExport(OPERATION)}\n`, [
      {
        sql: 'SELECT 1',
        ms: 2.5,
        at: 1795220655265.25,
        database: 'shop',
        caller: { ...CALL, ...caller('User', 'findMany') },
        request: TRACE,
      },
    ]));

  test('of Prisma 5 and 6 have other names', () =>
    check(
      otlp,
      jsonExport(
        { ...QUERY, parent: 'e', name: 'prisma:engine:db_query', attributes: { 'db.statement': 'SELECT 1' } },
        { id: 'e', parent: OPERATION.id, name: 'prisma:engine:query' },
        OPERATION,
      ),
      [{ sql: 'SELECT 1', caller: { ...CALL, ...caller('User', 'findMany') } }],
    ));

  test('may name the place of the call', () =>
    check(
      otlp,
      jsonExport(QUERY, {
        ...OPERATION,
        attributes: { ...OPERATION.attributes, 'code.file.path': 'src/a.ts', 'code.line.number': 12 },
      }),
      [{ caller: { ...CALL, model: 'User', operation: 'findMany', file: 'src/a.ts', line: 12 } }],
    ));

  test('tell the statements of each call together and in their order', () => {
    const child = { ...QUERY, parent: OPERATION.id };
    const other = { ...OPERATION, id: 'eee19b7ec3c1b175' };
    const text = (text: string) => ({ 'db.query.text': text });
    const { samples } = read(
      otlp,
      jsonExport(
        { ...child, id: 'a3', after: 3, attributes: text('SELECT 3') },
        { ...child, id: 'b2', parent: other.id, after: 2, attributes: text('SELECT 2') },
        { ...child, id: 'a1', after: 1, attributes: text('SELECT 1') },
        { id: OPERATION.parent ?? '', name: 'GET /' },
        OPERATION,
        other,
      ),
    );
    assert.deepEqual(
      samples.map((sample) => sample.kind === 'statement' && sample.sql),
      ['SELECT 1', 'SELECT 3', 'SELECT 2'],
    );
  });

  const routes: readonly (readonly [what: string, spans: readonly MadeSpan[], route: string | undefined])[] = [
    ['of HTTP', [server('GET', { 'http.request.method': 'GET', 'http.route': '/a/:id' })], 'GET /a/:id'],
    ['of HTTP as it was called before', [server('POST /a', { 'http.method': 'post', 'http.route': '/a' })], 'POST /a'],
    ['of Next', [server('GET /a/[id]', { 'http.method': 'GET', 'next.route': '/a/[id]' })], 'GET /a/[id]'],
    ['in the name alone', [server('GET /a/b')], 'GET /a/b'],
    ['of a job', [server('mail digest')], undefined],
    ['that does not tell the method', [server('request handler', { 'http.route': '/a' })], undefined],
    ['that has not come', [], undefined],
  ];
  for (const [what, spans, route] of routes)
    test(`tell the route ${what}`, () => {
      const { samples } = read(otlp, jsonExport(QUERY, OPERATION, ...spans));
      assert.deepEqual(
        samples.map((sample) => sample.kind === 'statement' && sample.route),
        [route],
      );
    });

  test('that miss the operation tell the statement alone', () => {
    const { samples } = read(otlp, jsonExport(QUERY));
    assert.equal(samples.length, 1);
    assert.equal('caller' in (samples[0] ?? {}), false);
  });

  test('with spans that are each their own parent come to an end', () =>
    check(otlp, jsonExport(QUERY, { ...OPERATION, parent: OPERATION.id, name: 'loop' }), [{ sql: 'SELECT 1' }]));

  test('that are cut off, broken or something else are said', () => {
    const whole = jsonExport(QUERY, OPERATION);
    const broken = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }, 7] }] }] });
    const { samples, unreadable } = read(
      otlp,
      `${whole.slice(5)}\n${whole}\n${broken}\n{"resourceMetrics":[]}\n${whole.slice(0, 50)}`,
    );
    assert.deepEqual([samples.length, unreadable.length], [1, 5]);
  });

  test('say the same in protobuf', () => {
    const attributes = { ...OPERATION.attributes, 'code.file.path': 'src/é.ts', 'code.line.number': 12, secret: 'x' };
    const spans = [
      { ...QUERY, after: 0.25 },
      { ...OPERATION, attributes },
      { id: 'aa', name: 'GET /' },
    ];
    const read = spansOfProtobuf(protobufExport(...spans));
    assert.deepEqual(read, spansOf(JSON.parse(jsonExport(...spans))));
    assert.deepEqual([read?.spans.length, read?.spans[1]?.attributes.get('code.line.number')], [3, 12]);
    assert.doesNotMatch(JSON.stringify([...(read?.spans[1]?.attributes ?? [])]), /secret/);
  });

  const RESOURCE = { 'service.name': 'secret', 'service.version': '4.2.0' };
  const COMMIT = { ...RESOURCE, 'vcs.ref.head.revision': '0123456789abcdef0123456789abcdef01234567' };
  for (const [resource, deploy] of [
    [RESOURCE, '4.2.0'],
    [{ ...RESOURCE, 'deployment.id': '17' }, '17'],
    [COMMIT, '0123456789'],
    [{ 'service.name': 'secret' }, undefined],
  ] as const) {
    test(`tell what was running: ${deploy ?? 'nothing'}`, () => {
      const spans = [{ ...QUERY, resource }, OPERATION];
      const inProtobuf = spansOfProtobuf(protobufExport(...spans));
      assert.deepEqual(inProtobuf, spansOf(JSON.parse(jsonExport(...spans))));
      assert.doesNotMatch(JSON.stringify(inProtobuf), /secret/);
      const { samples } = read(otlp, `${jsonExport(...spans)}\n`);
      assert.deepEqual(
        samples.map((sample) => sample.deploy),
        [deploy],
      );
    });
  }

  test('in protobuf that are damaged are none, or lack what was damaged', () => {
    const bytes = protobufExport(QUERY, OPERATION);
    for (let at = 1; at < bytes.length; at++) {
      assert.doesNotThrow(() => spansOfProtobuf(bytes.subarray(0, at)));
      for (const bit of [1, 8, 64, 255])
        assert.doesNotThrow(() => spansOfProtobuf(bytes.map((byte, index) => (index === at ? byte ^ bit : byte))));
    }
    assert.equal(spansOfProtobuf(bytes.subarray(0, bytes.length - 1)), null);
    assert.deepEqual(spansOfProtobuf(new Uint8Array()), { spans: [], broken: 0 });
  });

  test('wait for the operation only so long', () => {
    const told: StatementSample[] = [];
    let now = 1000;
    const statements = spanStatements(
      (sample) => told.push(sample),
      () => now,
    );
    const [query, operation] = spansOf(JSON.parse(jsonExport(QUERY, OPERATION)))?.spans ?? [];
    assert.ok(query && operation);
    statements.take([query]);
    statements.expire(1000);
    assert.deepEqual([told.length, statements.waiting], [0, [query]]);
    now = 2000;
    statements.take([{ ...query, id: 'later' }]);
    statements.expire(1500);
    assert.deepEqual([told.length, told[0]?.caller, statements.waiting.length], [1, undefined, 1]);
    statements.take([operation]);
    assert.deepEqual([told.length, told[1]?.caller?.model, statements.waiting], [2, 'User', []]);
  });

  test('are read in time however many are of one trace', () => {
    const many = Array.from({ length: 30_000 }, (_, at) => ({ ...QUERY, id: at.toString(16), parent: `${at}` }));
    const { samples } = read(otlp, jsonExport(...many, ...many.map(({ parent }) => ({ ...OPERATION, id: parent }))));
    assert.equal(samples.length, many.length);
  });

  test('that Sentry renamed are known by their origin', () =>
    check(
      otlp,
      jsonExport({
        ...QUERY,
        name: 'SELECT 1',
        attributes: { ...QUERY.attributes, 'sentry.origin': 'auto.db.otel.prisma' },
      }),
      [{ sql: 'SELECT 1' }],
    ));

  test('are told from other files by their head', () => {
    assert.equal(otlp.matches(fixture('otlp.json').slice(0, 10_000)), true);
    assert.equal(otlp.matches(jsonExport(QUERY)), true);
    assert.equal(otlp.matches('{"level":"info","message":"resourceSpans"}'), false);
  });
});
