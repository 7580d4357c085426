import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { Sample } from '#bridge/sample.ts';
import { sourceOf } from '#bridge/sources.ts';
import { read } from './support/read.ts';

const ISO = '2026-11-21T00:25:04.779Z';
const AT = Date.parse(ISO);
const SQL = 'SELECT "public"."Topic"."id" FROM "public"."Topic" WHERE "public"."Topic"."locked" = $1';

const named = (name: string, ms: number, at: number | null = null): Sample => ({ kind: 'named', at, name, ms });
const statement = (sql: string, ms: number, at: number | null = null): Sample => ({
  ...{ kind: 'statement', at, sql, ms, rows: null, rowsExamined: null, plan: null, database: null },
});
const route = (
  name: string,
  times: readonly number[],
  failed: number | null = null,
  at: number | null = null,
): Sample => {
  const [requests = 0, mean = 0, p50Ms = 0, p95Ms = 0, p99Ms = 0, maxMs = 0] = times;
  return { kind: 'route', at, route: name, requests, totalMs: requests * mean, p50Ms, p95Ms, p99Ms, maxMs, failed };
};

/** The log is of this format, all of it is understood, and this is in it. */
function check(format: string, lines: readonly string[], expected: readonly Sample[]): void {
  const text = `${lines.join('\n')}\n`;
  const source = sourceOf(text);
  assert.equal(source?.id, format);
  assert.deepEqual(read(source, text), { samples: expected, unreadable: [] });
}

const metrics = (count: number) => ({ count, average: 12.5, p50: 10, p95: 40.25, p99: 55, min: 1.5, max: 60 });
const TIMES = [12.5, 10, 40.25, 55, 60];

describe('logs in the manner of five systems', () => {
  test('a community platform: Winston into a file, and onto the console in simple form', () => {
    const entry = { level: 'warn', message: 'Slow query detected', query: SQL, duration: 742, params: '["canary"]' };
    const error = {
      level: 'error',
      message: 'Performance error',
      type: 'API',
      error: 'boom',
      stack: 'Error: boom\n    at a.ts:1',
    };
    check(
      'application',
      [JSON.stringify({ ...error, timestamp: ISO }), JSON.stringify({ ...entry, timestamp: ISO })],
      [statement(SQL, 742, AT)],
    );
    const { level, message, ...fields } = entry;
    check(
      'application',
      [
        `error: Performance error {"error":"boom","timestamp":"${ISO}","type":"API"}`,
        `${level}: ${message} ${JSON.stringify({ ...fields, timestamp: ISO })}`,
        `\x1b[33m${level}\x1b[39m: ${message} ${JSON.stringify(fields)}`,
      ],
      [statement(SQL, 742, AT), statement(SQL, 742)],
    );
  });

  test('a calendar: words of a middleware, and errors as JSON', () =>
    check(
      'application',
      [
        JSON.stringify({ level: 'error', reqId: 'r-1', route: '/api/slots', error: 'Error: boom', timestamp: ISO }),
        'Slow query: Slot.findMany took 1611ms',
        'Slow query: undefined.queryRaw took 2000ms',
      ],
      [named('Slot.findMany', 1611), named('undefined.queryRaw', 2000)],
    ));

  test('a ticket service: labels behind any sign, and what it measured of its operations', () => {
    const printed = {
      'api.listTickets.duration': metrics(40),
      'api.listTickets.success': { count: 38 },
      'api.closeTicket.duration': metrics(2),
    };
    const expected = [route('listTickets', [40, ...TIMES]), route('closeTicket', [2, ...TIMES])];
    check(
      'application',
      [
        '🐌 Slow query detected: findTicketByCode took 1034.57ms',
        '❌ Query failed: findTicketByCode after 12.00ms Error: boom',
        '⚠️  [db] Slow query detected: countOpenTickets took 2001.00ms',
      ],
      [named('findTicketByCode', 1034.57), named('countOpenTickets', 2001)],
    );
    check('application', [JSON.stringify(printed)], expected);
    check('application', JSON.stringify(printed, null, 2).split('\n'), expected);
    check('application', inspect(printed).split('\n'), expected);
    check(
      'application',
      [`${ISO} info: metrics ${JSON.stringify(printed)}`, 'bye'],
      [route('listTickets', [40, ...TIMES], null, AT), route('closeTicket', [2, ...TIMES], null, AT)],
    );
    check(
      'application',
      [
        `api.listTickets.duration: ${inspect(metrics(40))}`,
        `api.listTickets.error: ${inspect({ ...metrics(3), average: 1 })}`,
        'Slow query: a.b took 5ms',
        JSON.stringify({ level: 'info', message: 'metrics', 'api.listTickets.duration': metrics(41), timestamp: ISO }),
      ],
      [route('listTickets', [40, ...TIMES], 3), named('a.b', 5), route('listTickets', [41, ...TIMES], null, AT)],
    );
  });

  test('a media search: names of queries with a threshold', () => {
    const fields = { query: 'vectorSearch', duration: 1530, threshold: 1000 };
    check(
      'application',
      [
        JSON.stringify({ level: 'warn', message: 'Slow query detected', ...fields, timestamp: ISO }),
        JSON.stringify({ level: 40, time: AT, pid: 7, hostname: 'a', ...fields, msg: 'Slow query detected' }),
        `warn: Slow query detected ${inspect(fields)}`,
        `[${ISO}] WARN (7 on a): Slow query detected`,
        '    query: "vectorSearch"',
        '    duration: 1530',
        '    threshold: 1000',
        JSON.stringify({
          level: 'warn',
          message: 'Slow endpoint',
          endpoint: '/api/search',
          duration: 2100,
          timestamp: ISO,
        }),
      ],
      [
        named('vectorSearch', 1530, AT),
        named('vectorSearch', 1530, AT),
        named('vectorSearch', 1530),
        named('vectorSearch', 1530, AT),
      ],
    );
  });

  test("a gallery: slow operations through Nest's logger, and its page of metrics", () => {
    check(
      'application',
      [
        '[Nest] 4711  - 11/21/2026, 12:25:04 AM     LOG [Performance] Memory usage:',
        '[Nest] 4711  - 11/21/2026, 12:25:04 AM    WARN [Performance] Slow operation: warm popular drawings took 1234ms',
      ],
      [named('warm popular drawings', 1234)],
    );
    const { samples } = read(
      sourceOf('# TYPE a counter\n') ?? assert.fail(),
      'http_request_duration_seconds_sum 44.5\nhttp_request_duration_seconds_count 310\ncache_hit_rate 0.91\n',
    );
    assert.deepEqual(
      samples.map((sample) =>
        sample.kind === 'route' ? [sample.requests, sample.totalMs] : sample.kind === 'ratio' && sample.value,
      ),
      [[310, 44_500], 0.91],
    );
  });
});
