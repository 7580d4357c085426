import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StatementSample } from '#bridge/sample.ts';
import { otlp } from '#bridge/sources/otlp.ts';
import { fixture } from './support/fixture.ts';
import { check, read } from './support/read.ts';

const REQUEST = 'e0a152bbb81fe18be2f73d7482bd35b0';
const caller = (model: string | null, operation: string) => ({ model, operation, file: null, line: null });

interface Made {
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

const made = ({ id, parent, name, attributes = {} }: Made) => ({
  traceId: 't1',
  spanId: id,
  parentSpanId: parent ?? '',
  name,
  startTimeUnixNano: '1795220655265250000',
  endTimeUnixNano: '1795220655267750000',
  attributes: Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
  })),
});
const exported = (...spans: readonly Made[]): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: spans.map(made) }] }] });

const query: Made = {
  id: 'q',
  parent: 'o',
  name: 'prisma:client:db_query',
  attributes: { 'db.query.text': 'SELECT 1', 'db.namespace': 'shop' },
};
const operation: Made = {
  id: 'o',
  parent: 'r',
  name: 'prisma:client:operation',
  attributes: { model: 'User', method: 'findMany' },
};

describe('traces as OTLP/JSON', () => {
  test('of Prisma 7 tell each statement, its call and its request', () => {
    const { samples, unreadable } = read(otlp, fixture('otlp.json'));
    assert.deepEqual(unreadable, []);
    const statements = samples.filter((sample): sample is StatementSample => sample.kind === 'statement');
    assert.deepEqual(
      statements.map((one) => [one.caller, /FROM "public"\."(\w+)"/.exec(one.sql)?.[1] ?? one.sql.slice(0, 8)]),
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
    check(otlp, `${exported(query)}\n${exported(operation)}\n`, [
      {
        sql: 'SELECT 1',
        ms: 2.5,
        at: 1795220655265.25,
        database: 'shop',
        caller: caller('User', 'findMany'),
        request: 't1',
      },
    ]));

  test('of Prisma 5 and 6 have other names', () =>
    check(
      otlp,
      exported(
        { ...query, parent: 'e', name: 'prisma:engine:db_query', attributes: { 'db.statement': 'SELECT 1' } },
        { id: 'e', parent: 'o', name: 'prisma:engine:query' },
        operation,
      ),
      [{ sql: 'SELECT 1', caller: caller('User', 'findMany') }],
    ));

  test('may name the place of the call', () =>
    check(
      otlp,
      exported(query, {
        ...operation,
        attributes: { ...operation.attributes, 'code.file.path': 'src/a.ts', 'code.line.number': 12 },
      }),
      [{ caller: { model: 'User', operation: 'findMany', file: 'src/a.ts', line: 12 } }],
    ));

  test('that miss the operation tell the statement alone', () => {
    const { samples } = read(otlp, exported(query));
    assert.equal(samples.length, 1);
    assert.equal('caller' in (samples[0] ?? {}), false);
  });

  test('with spans that are each their own parent come to an end', () =>
    check(otlp, exported(query, { id: 'o', parent: 'o', name: 'loop' }), [{ sql: 'SELECT 1' }]));

  test('that are cut off, broken or something else are said', () => {
    const whole = exported(query, operation);
    const broken = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }, 7] }] }] });
    const { samples, unreadable } = read(
      otlp,
      `${whole.slice(5)}\n${whole}\n${broken}\n{"resourceMetrics":[]}\n${whole.slice(0, 50)}`,
    );
    assert.deepEqual([samples.length, unreadable.length], [1, 5]);
  });

  test('are told from other files by their head', () => {
    assert.equal(otlp.matches(fixture('otlp.json').slice(0, 10_000)), true);
    assert.equal(otlp.matches(exported(query)), true);
    assert.equal(otlp.matches('{"level":"info","message":"resourceSpans"}'), false);
  });
});
