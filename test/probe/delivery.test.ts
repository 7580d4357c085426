import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { openQueue } from '#probe/queue.ts';
import { probeSettings } from '#probe/settings.ts';
import { fileSink } from '#probe/sinks/fileSink.ts';
import { httpSink } from '#probe/sinks/httpSink.ts';
import { openSink } from '#probe/sinks/openSink.ts';

const folder = mkdtempSync(join(tmpdir(), 'querylens-delivery-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('the queue', () => {
  test('keeps ten thousand lines, drops the rest, and says how many', async () => {
    const written: string[] = [];
    const queue = openQueue({ write: async (text) => written.push(text) > 0, writeNow: () => undefined }, String);
    for (let number = 0; number < 10_005; number++) queue.push(number);
    await queue.flush();
    const lines = written.join('').trim().split('\n');
    assert.equal(lines.length, 10_001);
    assert.deepEqual(JSON.parse(lines.at(-1) ?? ''), { v: 1, lost: 5 });
  });

  test('counts what was not taken', async () => {
    const written: string[] = [];
    let takes = false;
    const queue = openQueue(
      { write: async (text) => takes && written.push(text) > 0, writeNow: () => undefined },
      String,
    );
    queue.push('gone');
    await queue.flush();
    takes = true;
    queue.push('kept');
    await queue.flush();
    assert.deepEqual(written, ['kept\n{"v":1,"lost":1}\n']);
  });
});

describe('a folder', () => {
  test('gets a file of this process and is kept out of git', async () => {
    const own = join(folder, 'samples');
    const sink = fileSink(own);
    assert.equal(await sink.write('one\n'), true);
    sink.writeNow('two\n');
    const [ignore, file] = readdirSync(own).sort();
    assert.equal(ignore, '.gitignore');
    assert.match(file ?? '', new RegExp(`^probe-${process.pid}-\\w+\\.ndjson$`));
    assert.equal(readFileSync(join(own, file ?? ''), 'utf8'), 'one\ntwo\n');
  });

  test('that cannot be made costs the lines and nothing else', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const sink = fileSink(join(file, 'samples'));
    assert.equal(await sink.write('one\n'), false);
    assert.doesNotThrow(() => sink.writeNow('two\n'));
  });
});

describe('a receiver', () => {
  test('is sent lines, and one that refuses or is not there costs the lines and nothing else', async () => {
    const received: string[] = [];
    const server = createServer(async (request, response) => {
      for await (const chunk of request) received.push(`${request.method} ${request.url} ${chunk}`);
      response.statusCode = received.length > 1 ? 503 : 204;
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const sink = httpSink(`http://127.0.0.1:${port}`);
    assert.equal(await sink.write('one\n'), true);
    assert.equal(await sink.write('two\n'), false);
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    assert.equal(await sink.write('three\n'), false);
    assert.deepEqual(received, ['POST /v1/samples one\n', 'POST /v1/samples two\n']);
  });
});

test('an address is sent to, anything else is a folder below the root', async () => {
  const sink = openSink({ to: 'kept', root: folder });
  assert.equal(await sink.write('one\n'), true);
  assert.equal(readdirSync(join(folder, 'kept')).length, 2);
});

describe('the probe is off in production unless asked', () => {
  const cases: readonly (readonly [options: { enabled?: boolean }, env: Record<string, string>, on: boolean])[] = [
    [{}, {}, true],
    [{}, { NODE_ENV: 'test' }, true],
    [{}, { NODE_ENV: 'production' }, false],
    [{}, { NODE_ENV: 'production', QUERYLENS: '1' }, true],
    [{}, { QUERYLENS: '0' }, false],
    [{ enabled: true }, { NODE_ENV: 'production', QUERYLENS: '0' }, true],
    [{ enabled: false }, { QUERYLENS: '1' }, false],
  ];
  for (const [options, environment, on] of cases)
    test(`${JSON.stringify(options)} with ${JSON.stringify(environment)}: ${on ? 'on' : 'off'}`, () => {
      assert.equal(probeSettings(options, environment).enabled, on);
    });
  test('the deploy is the one it is told, else that of the environment', () => {
    const environment = { QUERYLENS_DEPLOY: 'v2' };
    const deploys = [
      probeSettings({ deploy: 'v1' }, environment),
      probeSettings({}, environment),
      probeSettings({}, {}),
    ];
    assert.deepEqual(
      deploys.map(({ deploy }) => deploy),
      ['v1', 'v2', undefined],
    );
  });
});
