import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { freePort } from '#test/support/freePort.ts';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { startPostgres } from '../bridge/proof/servers/postgresWithLogs.ts';
import { runCli } from './runCli.ts';

/** The address of a server of this test. */
async function listening(context: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

async function rows(root: string, sql: string): Promise<readonly unknown[]> {
  const opened = openStore(await loadSqlite(), root);
  assert.ok(opened.kind === 'open');
  const all = opened.store.database.prepare(sql).all();
  opened.store.close();
  return all;
}

function assertKeepsNone(root: string, secret: string): void {
  const folder = join(root, '.querylens');
  for (const file of readdirSync(folder)) assert.equal(readFileSync(join(folder, file)).includes(secret), false, file);
}

const page = (requests: number) => `# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{route="/titles",le="0.1"} ${requests}
http_request_duration_seconds_bucket{route="/titles",le="+Inf"} ${requests}
http_request_duration_seconds_sum{route="/titles"} ${requests / 20}
http_request_duration_seconds_count{route="/titles"} ${requests}
cache_hit_rate 0.9
`;

describe('ingest of an address', () => {
  test('reads a page of metrics as often as it is asked, and counts what is new', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    let requests = 10;
    const host = await listening(context, ({ headers }, response) => {
      const asked = Buffer.from(headers.authorization?.slice('Basic '.length) ?? '', 'base64');
      response.writeHead(String(asked) === 'me:canary@1' ? 200 : 401).end(page(requests));
    });
    const address = `http://me:canary%401@${host}/metrics?token=canary@1`;
    const { status, stdout, stderr } = await runCli(['ingest', address], root);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, new RegExp(`^http://${host}/metrics: read \\(prometheus\\)\n`));
    assert.match(stdout, /^ {2}2 metrics of routes, caches and errors were kept$/m);
    requests = 25;
    await runCli(['ingest', address], root);
    await runCli(['ingest', address], root);
    assert.deepEqual(await rows(root, 'SELECT route, requests, round(total_ms) AS ms, p50_ms FROM routes'), [
      { route: '/titles', requests: 25, ms: 1250, p50_ms: 50 },
    ]);
    assert.deepEqual(await rows(root, 'SELECT ratio, value FROM ratios'), [{ ratio: 'cache-hits', value: 0.9 }]);
    assertKeepsNone(root, 'canary');
    const refused = await runCli(['ingest', address.replace('me:', 'you:')], root);
    assert.deepEqual(
      [refused.status, refused.stderr],
      [2, `querylens: http://${host}/metrics cannot be read: it answers 401\n`],
    );
  });

  test('reads a log there too', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    const host = await listening(context, (_, response) => response.end('Slow query: Post.findFirst took 1234ms\n'));
    const ingest = () => runCli(['ingest', `http://${host}/log`], root);
    assert.match((await ingest()).stdout, /: read \(application\)\n1 execution counted/);
    assert.match((await ingest()).stdout, /: nothing new/);
  });

  test('says why it cannot be read', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    const port = await freePort();
    const html = await listening(context, (_, response) => response.end('<html></html>'));
    const cases: readonly (readonly [address: string, said: RegExp])[] = [
      [
        `http://a:canary@127.0.0.1:${port}/`,
        /^querylens: http:\/\/127\.0\.0\.1:\d+\/ cannot be read: nothing listens there\n$/,
      ],
      [
        `postgres://a:canary@127.0.0.1:${port}/shop?sslmode=disable`,
        /^querylens: postgres:\/\/127\.0\.0\.1:\d+\/shop cannot be read: nothing listens there\n$/,
      ],
      ['postgres://a:canary@[nowhere/shop', /^querylens: postgres:\/\/\[nowhere\/shop cannot be read: Invalid URL\n$/],
    ];
    for (const [address, said] of cases) {
      const { status, stdout, stderr } = await runCli(['ingest', address], root);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, said);
    }
    const unknown = await runCli(['ingest', `http://${html}/`], root);
    assert.deepEqual([unknown.status, /its format is not known/.test(unknown.stdout)], [2, true]);
  });
});

describe('ingest of a PostgreSQL', async () => {
  const server = await startPostgres();
  after(() => server.close());
  const find = `SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post"
    WHERE "public"."Post"."authorId" = 1 ORDER BY "public"."Post"."id" ASC LIMIT 1 OFFSET 0`;

  test('says what is missing', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    const { status, stderr } = await runCli(['ingest', server.address], root);
    assert.equal(status, 2);
    assert.match(stderr, /cannot be read: pg_stat_statements is not there: run CREATE EXTENSION/);
    const wrong = await runCli(['ingest', server.address.replace(':postgres@', ':canary@')], root);
    assert.match(wrong.stderr, /cannot be read: the user or the password is wrong\n$/);
    assert.equal(`${wrong.stdout}${wrong.stderr}`.includes('canary'), false);
  });

  test('counts what it keeps of its statements, as of the last time', async (context) => {
    const root = projectFolder(context, SMALL_PROJECT);
    await server.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    await server.query('CREATE TABLE "Post" ("id" int, "title" text, "authorId" int)');
    for (const _ of [1, 2, 3]) await server.query(find);
    const { status, stdout, stderr } = await runCli(['ingest', server.address], root);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^postgresql:\/\/127\.0\.0\.1:\d+\/postgres: read \(pg-stat-statements\)\n/);
    assert.match(stdout, /^ {2}shape +3 /m);
    await server.query(find);
    await runCli(['ingest', server.address], root);
    const calls = await rows(root, "SELECT count FROM executions WHERE site <> '' ORDER BY snapshot DESC LIMIT 1");
    assert.deepEqual(calls, [{ count: 4 }]);
  });

  test('is asked in a session that can write nothing', async (context) => {
    await runCli(['ingest', server.address], projectFolder(context, SMALL_PROJECT));
    const [{ query } = { query: '' }] = (await server.query(
      "SELECT query FROM pg_stat_statements WHERE query LIKE 'SET default_transaction_read_only%'",
    )) as readonly { readonly query: string }[];
    assert.match(query, /^SET default_transaction_read_only/);
  });
});
