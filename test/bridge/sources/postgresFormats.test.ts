import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Source } from '#bridge/source.ts';
import { postgresCsv } from '#bridge/sources/postgresCsv.ts';
import { postgresJson } from '#bridge/sources/postgresJson.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { fixture } from './support/fixture.ts';
import { check, read } from './support/read.ts';

/** Without the rounding of sums, and without the names that each form has for a session. */
const summary = (source: Source, name: string) =>
  read(source, fixture(name)).samples.map((sample) => ({
    ...sample,
    ms: Math.round(Number(Reflect.get(sample, 'ms')) * 1000),
    session: null,
  }));

describe("PostgreSQL's three forms of the same log", () => {
  test('say the same', () => {
    const text = summary(postgresText, 'postgres.log');
    assert.ok(text.length > 10);
    assert.deepEqual(summary(postgresCsv, 'postgres.csv'), text);
    assert.deepEqual(summary(postgresJson, 'postgres.json'), text);
  });

  test('are told from each other by their heads', () => {
    const files = ['postgres.log', 'postgres.csv', 'postgres.json'].map(fixture);
    for (const [index, source] of [postgresText, postgresCsv, postgresJson].entries())
      assert.deepEqual(
        files.map((file) => source.matches(file.slice(0, 10_000))),
        files.map((_, other) => other === index),
      );
  });
});

/** A record with the columns of PostgreSQL 12, to which later versions added at the end. */
const record = (message: string, severity = 'LOG', further = ''): string =>
  `2026-11-21 00:25:11.335 UTC,"app","shop",1619,"127.0.0.1:39796",6b00e4e7.653,1,"SELECT",2026-11-21 00:25:11 UTC,4/380,0,${severity},00000,"${message.replaceAll('"', '""')}",,,,,,,,,"web"${further}`;

describe('the csvlog of PostgreSQL', () => {
  for (const [version, further] of [
    ['12', ''],
    ['13', ',"client backend"'],
    ['14 to 18', ',"client backend",,-507961113519193723'],
  ] as const)
    test(`reads the columns of PostgreSQL ${version}`, () =>
      check(postgresCsv, record('duration: 2.000 ms  statement: SELECT "a"', 'LOG', further), [
        { sql: 'SELECT "a"', ms: 2, database: 'shop', at: Date.UTC(2026, 10, 21, 0, 25, 11, 335) },
      ]));

  test('keeps records of several lines together, with empty ones in them', () =>
    check(postgresCsv, record('duration: 2.000 ms  statement: SELECT "a",\n\n  \'b\'\nFROM c'), [
      { sql: 'SELECT "a",\n\n  \'b\'\nFROM c', ms: 2 },
    ]));

  test('may have its times in quotes', () => {
    const quoted = record('duration: 2.000 ms  statement: SELECT a').replace(/(2026-11-21 [\d:.]+ UTC)/g, '"$1"');
    assert.equal(postgresCsv.matches(quoted), true);
    check(postgresCsv, quoted, [{ sql: 'SELECT a', database: 'shop', at: Date.UTC(2026, 10, 21, 0, 25, 11, 335) }]);
  });

  test('loses one record at a broken quote, not all that follow', () => {
    const broken = record('duration: 2.000 ms  statement: SELECT a').replace('SELECT a"', 'SELECT a');
    const { samples, unreadable } = read(
      postgresCsv,
      `${broken}\n${record('duration: 1.000 ms  statement: SELECT b')}`,
    );
    assert.deepEqual([samples.length, unreadable.length], [1, 1]);
  });

  test('says what was cut off at the beginning and at the end', () => {
    const whole = record('duration: 1.000 ms  statement: SELECT b\nFROM c');
    const { samples, unreadable } = read(
      postgresCsv,
      `${whole.slice(whole.indexOf('FROM'))}\n${whole}\n${whole.slice(0, 60)}`,
    );
    assert.deepEqual([samples.length, unreadable.length], [1, 2]);
  });

  test('leaves errors and other messages alone', () =>
    check(
      postgresCsv,
      `${record('relation "a" does not exist', 'ERROR')}\n${record('checkpoint starting: time')}`,
      [],
    ));
});

describe('the jsonlog of PostgreSQL', () => {
  test('keeps plans', () => {
    const { samples, unreadable } = read(postgresJson, fixture('autoExplain.json'));
    assert.deepEqual(unreadable, []);
    for (const sample of samples) assert.match(String(Reflect.get(sample, 'plan')), /^\{"Node Type":/);
  });

  test('may be carried by what CloudNativePG writes', () => {
    const record = {
      ...{ log_time: '2026-11-21 00:25:11.335 UTC', database_name: 'shop', session_id: '1.2', error_severity: 'LOG' },
      message: 'duration: 1.000 ms  statement: SELECT 1',
    };
    const text = [
      { level: 'info', logger: 'instance', msg: 'ready' },
      { level: 'info', logger: 'postgres', record },
    ]
      .map((one) => JSON.stringify(one))
      .join('\n');
    assert.equal(postgresJson.matches(text), true);
    check(postgresJson, text, [
      { sql: 'SELECT 1', ms: 1, database: 'shop', at: Date.UTC(2026, 10, 21, 0, 25, 11, 335) },
    ]);
  });

  test('says what is cut off or something else', () => {
    const { samples, unreadable } = read(
      postgresJson,
      `ession_id":"1.2","error_severity":"LOG","message":"duration: 1.000 ms  statement: SELECT 1"}
{"timestamp":"2026-11-21 00:25:11.335 UTC","session_id":"1.2","error_severity":"LOG","message":"duration: 1.000 ms  statement: SELECT 1"}
{"other":1}
[1]
{"timestamp":"2026-11`,
    );
    assert.deepEqual([samples.length, unreadable.length], [1, 4]);
  });
});
