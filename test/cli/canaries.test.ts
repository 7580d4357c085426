import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { projectFolder, SMALL_PROJECT } from '#test/support/projectFolder.ts';
import { type Printed, runCli } from './runCli.ts';

const SECRET = 'canary7f3a';

/** Neither the store nor what is printed holds it; the log itself must. */
async function check(context: TestContext, log: string, ...args: readonly string[]): Promise<Printed> {
  const patterns = ['^\\[db\\] (?<name>.+?) in (?<ms>\\d+)$', '^\\[sql\\] (?<sql>.+?) in (?<s>[\\d.]+)$'];
  const config = JSON.stringify({ logPatterns: patterns });
  const root = projectFolder(context, { ...SMALL_PROJECT, 'querylens.config.json': config, 'a.log': log });
  assert.ok(log.includes(SECRET));
  const printed = await runCli(['ingest', 'a.log', '--explain-unmatched', ...args], root);
  assert.equal(`${printed.stdout}${printed.stderr}`.includes(SECRET), false);
  const folder = join(root, '.querylens');
  assert.ok(existsSync(join(folder, 'evidence.db')));
  for (const file of readdirSync(folder)) assert.equal(readFileSync(join(folder, file)).includes(SECRET), false, file);
  return printed;
}

describe('a secret in a log is neither kept nor printed', () => {
  const logs: readonly (readonly [what: string, log: string, format: string, told: RegExp])[] = [
    [
      'in labels of metrics',
      `# TYPE http_request_duration_seconds histogram
# HELP http_request_duration_seconds ${SECRET}
http_request_duration_seconds_sum{path="/users/${SECRET}?token=${SECRET}",instance="${SECRET}",tenant="${SECRET}"} 5
http_request_duration_seconds_count{path="/users/${SECRET}?token=${SECRET}",instance="${SECRET}",tenant="${SECRET}"} 50
http_request_duration_seconds_bucket{path="/${SECRET}",le="+Inf"} 3 # {trace_id="${SECRET}"} 1
cache_hit_rate{cache="${SECRET}"} 0.5
${SECRET}
`,
      'prometheus',
      /2 metrics/,
    ],
    [
      'in names of an application',
      `api.${SECRET}.duration { count: 3, average: 5, p50: 4, p95: 5, p99: 6, min: 1, max: 7, note: '${SECRET}' }\n`,
      'application',
      /1 metrics/,
    ],
    [
      'where a pattern finds a name or SQL',
      `[db] find ${SECRET} in 12
[sql] SELECT * FROM "Post" WHERE "title" = '${SECRET}' /* ${SECRET} */ in 1.5
Slow query detected ${SECRET}
[WARN] Slow query detected
    query: "SELECT 1 FROM \\"Post\\" WHERE \\"title\\" = '${SECRET}'"
    duration: 20
`,
      'application',
      /3 executions counted/,
    ],
    [
      'in a trace',
      `${JSON.stringify({
        resourceSpans: [
          {
            resource: { attributes: [{ key: 'host', value: { stringValue: SECRET } }] },
            scopeSpans: [
              {
                spans: [
                  {
                    ...{ traceId: SECRET, spanId: 'a', parentSpanId: 'b', name: 'prisma:engine:db_query' },
                    ...{ startTimeUnixNano: '1795220655265250000', endTimeUnixNano: '1795220655267750000' },
                    attributes: [
                      {
                        key: 'db.statement',
                        value: { stringValue: `SELECT 1 FROM "Post" WHERE "title" = '${SECRET}'` },
                      },
                      { key: 'db.user', value: { stringValue: SECRET } },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      })}\n`,
      'otlp',
      /1 execution counted/,
    ],
  ];
  for (const [what, log, format, told] of logs)
    test(what, async (context) => {
      const { stdout } = await check(context, log);
      assert.match(stdout, new RegExp(`^a\\.log: read \\(${format}\\)`));
      assert.match(stdout, told);
    });
});
