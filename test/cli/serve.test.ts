import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { main } from '#cli/main.ts';
import type { CollectorEvent } from '#shared/collectorEvents.ts';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { keepingHost, runCli } from './runCli.ts';

const SQL = `SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post"
  WHERE "public"."Post"."authorId" = $1 ORDER BY "public"."Post"."id" ASC LIMIT $2 OFFSET $3`;

/** `querylens serve` in this process, on a port of its own. */
async function serving(context: TestContext, root: string, ...options: readonly string[]) {
  const stop = new AbortController();
  const { host, printed } = keepingHost(root, { stop: stop.signal });
  const running = main(['serve', '--port', '0', ...options], host, '1.2.3');
  const end = async () => {
    stop.abort();
    return { status: await running, ...printed() };
  };
  context.after(end);
  let address: string | undefined;
  while (address === undefined) {
    await pause(20);
    address = /http:\/\/localhost:\d+/.exec(printed().stdout)?.[0];
  }
  return { address, end };
}

async function post(url: string, body: string, type = 'application/json'): Promise<number> {
  const { status } = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
  return status;
}

let id = 0;
function traces(sql: string, model = 'Post', method = 'findFirst'): string {
  id += 2;
  const hexadecimal = (value: number) => value.toString(16).padStart(16, '0');
  const times = { startTimeUnixNano: '1795220655265250000', endTimeUnixNano: '1795220655267750000' };
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const spans = [
    {
      name: 'prisma:client:db_query',
      spanId: hexadecimal(id),
      parentSpanId: hexadecimal(id + 1),
      attributes: [text('db.query.text', sql)],
    },
    {
      name: 'prisma:client:operation',
      spanId: hexadecimal(id + 1),
      attributes: [text('model', model), text('method', method)],
    },
  ];
  const traceId = hexadecimal(id).padStart(32, '0');
  return JSON.stringify({
    resourceSpans: [{ scopeSpans: [{ spans: spans.map((span) => ({ traceId, ...times, ...span })) }] }],
  });
}

const call = {
  v: 1,
  at: 1795220655265,
  ms: 2,
  file: 'src/titles.ts',
  line: 6,
  column: 35,
  model: 'Post',
  operation: 'findFirst',
};

async function stored(root: string): Promise<readonly (readonly [match: string, count: number])[]> {
  const opened = openStore(await loadSqlite(), root);
  assert.ok(opened.kind === 'open');
  const tallies = opened.store.tallies().map(({ subject, count }) => [subject.match, count] as const);
  opened.store.close();
  return tallies;
}

describe('serve', () => {
  test('counts traces and what the probe sends, and sums up when it is ended', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    const { address, end } = await serving(context, root, '--explain-unmatched');
    assert.equal(await post(`${address}/v1/traces`, traces(SQL)), 200);
    assert.equal(await post(`${address}/v1/traces`, traces('SELECT 1 FROM "Other"', 'Other')), 200);
    assert.equal(await post(`${address}/v1/samples`, `${JSON.stringify(call)}\n`, 'application/x-ndjson'), 200);
    const { status, stdout, stderr } = await end();
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(
      stdout,
      /^receiving at http:\/\/localhost:\d+\n {2}OpenTelemetry: .*\/v1\/traces\n {2}@querylens\/probe: /,
    );
    assert.match(stdout, /^3 executions counted in /m);
    assert.match(stdout, /\nunmatched:\n {2}1 × select \? from "Other"\n$/);
    assert.deepEqual((await stored(root)).toSorted(), [
      ['exact', 1],
      ['shape', 1],
      ['unmatched', 1],
    ]);
    await assert.rejects(post(`${address}/v1/traces`, traces(SQL)));
  });

  test('tells a program what happens', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    const { address, end } = await serving(context, root, '--json');
    await post(`${address}/v1/traces`, traces(SQL));
    const events = (await end()).stdout
      .trim()
      .split('\n')
      .map((line): CollectorEvent => JSON.parse(line));
    assert.deepEqual(events.slice(0, 2), [
      { kind: 'started', files: [], url: address },
      { kind: 'counted', executions: 1 },
    ]);
    const last = events.at(-1);
    assert.deepEqual([events.length, last?.kind, last?.kind === 'summary' && last.executions], [3, 'summary', 1]);
  });

  test('takes over what is edited meanwhile', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    const { address, end } = await serving(context, root);
    const moved = { ...call, line: 7 };
    await post(`${address}/v1/samples`, JSON.stringify(moved), 'application/x-ndjson');
    const code = SMALL_PROJECT['src/titles.ts'] ?? '';
    writeFileSync(join(root, 'src/titles.ts'), `\n${code}`);
    await pause(2100);
    await post(`${address}/v1/samples`, JSON.stringify({ ...moved, at: 1795220655266 }), 'application/x-ndjson');
    await end();
    assert.deepEqual((await stored(root)).toSorted(), [
      ['exact', 1],
      ['model', 1],
    ]);
  });

  test('says when its port is taken, before it reads the project, or is none', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    const { address } = await serving(context, root);
    const { port } = new URL(address);
    const taken = await runCli(['serve', '--port', port], root);
    assert.deepEqual([taken.status, taken.stdout], [2, '']);
    assert.match(taken.stderr, new RegExp(`^querylens: port ${port} is taken, by another .*--port\n$`));
    const told = await runCli(['serve', '--port', port, '--json'], root);
    assert.match(told.stdout, /^\{"kind":"failed","message":"port \d+ is taken/);
    const wrong = await runCli(['serve', '--port', 'http'], root);
    assert.match(wrong.stderr, /^querylens: port http cannot be opened: it is no number/);
    assert.match((await runCli(['serve', '--port', '99999'], root)).stderr, /cannot be opened: it is no number/);
  });

  test('ends when its store is taken away', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    const { address, end } = await serving(context, root);
    rmSync(join(root, '.querylens'), { recursive: true });
    assert.equal(await post(`${address}/v1/traces`, traces(SQL)), 503);
    const { status, stderr } = await end();
    assert.equal(status, 2);
    assert.match(stderr, /^querylens: .*evidence\.db was removed or replaced/);
  });

  test('ends where there is no project', async (context) => {
    const { status, stderr } = await runCli(['serve', '--port', '0'], projectFolder(context, {}));
    assert.deepEqual([status, /no Prisma schema/.test(stderr)], [2, true]);
  });

  test('keeps and prints no value of what it is sent', async (context) => {
    const secret = 'canary7f3a';
    const root = projectFolder(context, SMALL_PROJECT);
    const { address, end } = await serving(context, root, '--json');
    const literal = `SELECT * FROM "Post" WHERE "title" = '${secret}' AND "id" = 1 -- ${secret}`;
    const statement = JSON.parse(traces(literal));
    const spans = statement.resourceSpans[0].scopeSpans[0].spans;
    spans[0].attributes.push({ key: 'db.query.parameter.1', value: { stringValue: secret } });
    statement.resourceSpans[0].resource = { attributes: [{ key: 'x', value: { stringValue: secret } }] };
    const bodies: readonly (readonly [path: string, type: string, body: string])[] = [
      ['traces', 'application/json', JSON.stringify(statement)],
      // Its call does not come.
      [
        'traces',
        'application/json',
        JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...spans[0], spanId: 'ff' }] }] }] }).replace(
          '"parentSpanId":"',
          '"parentSpanId":"e',
        ),
      ],
      ['traces', 'application/json', `{"resourceSpans":"${secret}"`],
      ['samples', 'application/x-ndjson', `${JSON.stringify({ ...call, request: secret, note: secret })}\n${secret}\n`],
      [
        'samples',
        'application/x-ndjson',
        `${JSON.stringify({ ...call, model: `x ${secret}`, operation: `'${secret}'` })}\n`,
      ],
    ];
    for (const [path, type, body] of bodies) await post(`${address}/v1/${path}`, body, type);
    const folder = join(root, '.querylens');
    const files = readdirSync(folder);
    assert.ok(files.includes('evidence.db-wal'));
    for (const file of files) assert.equal(readFileSync(join(folder, file)).includes(secret), false, file);
    const { stdout, stderr } = await end();
    assert.equal(`${stdout}${stderr}`.includes(secret), false);
    for (const file of readdirSync(folder))
      assert.equal(readFileSync(join(folder, file)).includes(secret), false, file);
    assert.ok((await stored(root)).reduce((sum, [, count]) => sum + count, 0) >= 4);
  });
});
