import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Sample } from '#bridge/sample.ts';
import { SOURCES, sourceById, sourceOf } from '#bridge/sources.ts';
import { ROOT } from '#test/support/house/sources.ts';
import { fixture } from './sources/support/fixture.ts';
import { type LogRead, readLog } from './support/readLog.ts';

const folder = mkdtempSync(join(tmpdir(), 'querylens-log-'));
after(() => rmSync(folder, { recursive: true }));

function file(bytes: string | Buffer): string {
  const path = join(folder, 'log');
  writeFileSync(path, bytes);
  return path;
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function statements(input: Parameters<typeof readLog>[0], format: string | null = null) {
  const samples: Sample[] = [];
  const read = await readLog(input, format === null ? null : sourceById(format), (sample) => samples.push(sample));
  return { read, sql: samples.map((sample) => (sample.kind === 'statement' ? sample.sql : sample.kind)) };
}

const counts = (read: LogRead) => (read.kind === 'read' ? read.counts : read.kind);
const line = (sql: string): string => `[7] LOG:  duration: 1.000 ms  statement: ${sql}\n`;

describe('reading a log', () => {
  test('counts its lines, samples and what cannot be read', async () => {
    const { read, sql } = await statements(file(`cut off\n${line('SELECT 1')}\n${line('SELECT 2')}`));
    assert.equal(read.kind === 'read' && read.source.id, 'postgres');
    assert.deepEqual(counts(read), { lines: 4, samples: 2, unreadable: 1, lost: 0, cutOff: false });
    assert.deepEqual(
      sql.map((one) => one.trim()),
      ['SELECT 1', 'SELECT 2'],
    );
  });

  test('is the same wherever its bytes are cut', async () => {
    const text = `\uFEFF${line("SELECT 'ä€😀'")}${line('SELECT 2')}`;
    for (const size of [1, 2, 3, 7, 1000])
      assert.deepEqual((await statements(inChunks(Buffer.from(text), size))).sql, ["SELECT 'ä€😀'", 'SELECT 2']);
  });

  test('takes line ends of Windows, and UTF-16 as PowerShell writes it', async () => {
    const text = line('SELECT 1\n\tFROM "é"').replaceAll('\n', '\r\n');
    assert.deepEqual((await statements(file(text))).sql, ['SELECT 1\nFROM "é"']);
    assert.deepEqual((await statements(file(Buffer.from(`\uFEFF${text}`, 'utf16le')))).sql, ['SELECT 1\nFROM "é"']);
  });

  test('replaces what is no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from("[7] LOG:  duration: 1.000 ms  statement: SELECT '"),
      Buffer.from([0xe9]),
      Buffer.from("'\n"),
    ]);
    assert.deepEqual((await statements(file(bytes))).sql, ["SELECT '\uFFFD'"]);
  });

  test('unpacks gzip, whatever the file is called, and says when its end is missing', async () => {
    const text = Array.from({ length: 5000 }, (_, index) => line(`SELECT ${index} ${Math.sin(index)}`)).join('');
    const packed = gzipSync(text);
    const whole = await statements(file(packed));
    assert.deepEqual(counts(whole.read), { lines: 5000, samples: 5000, unreadable: 0, lost: 0, cutOff: false });
    const cut = await statements(file(packed.subarray(0, packed.length / 2)));
    assert.ok(cut.read.kind === 'read' && cut.read.counts.cutOff && cut.sql.length > 100 && cut.sql.length < 5000);
    const joined = await statements(file(Buffer.concat([gzipSync(line('SELECT 1')), gzipSync(line('SELECT 2'))])));
    assert.deepEqual(joined.sql, ['SELECT 1', 'SELECT 2']);
  });

  test('cuts a line off that is too long, and goes on', async () => {
    async function* bytes(): AsyncGenerator<Buffer> {
      yield Buffer.from(line('SELECT 1'));
      for (let left = 100; left > 0; left -= 1) yield Buffer.alloc(1024 * 1024, 'x');
      yield Buffer.from(`\n${line('SELECT 2')}`);
    }
    const { read, sql } = await statements(bytes());
    assert.deepEqual(counts(read), { lines: 3, samples: 2, unreadable: 1, lost: 0, cutOff: false });
    assert.deepEqual(sql, ['SELECT 1', 'SELECT 2']);
  });

  test('says what is empty, unknown, binary, missing or a folder', async () => {
    assert.deepEqual(counts((await statements(file(''))).read), 'empty');
    assert.deepEqual(counts((await statements(file(''), 'postgres')).read), 'empty');
    assert.deepEqual(counts((await statements(file('key: value\n'))).read), 'unknown-format');
    assert.deepEqual(counts((await statements(file(Buffer.from([0, 1, 2, 10, 76, 79, 71])))).read), 'unknown-format');
    for (const path of [join(folder, 'none'), folder])
      assert.deepEqual(counts((await statements(path)).read), 'unavailable');
  });

  for (const { id } of SOURCES)
    test(`as ${id} finds nothing in another format, or in bytes, and breaks nowhere`, async () => {
      const others = [Buffer.from([0, 1, 2, 10, 255, 10, 34]), Buffer.from('{\n[\n"\n\n: , ;\t\n')];
      for (const bytes of others) {
        const { read, sql } = await statements(file(bytes), id);
        assert.equal(read.kind, 'read');
        assert.deepEqual(sql, []);
      }
      const name = id.startsWith('mysql') ? 'postgres.log' : 'mariadbSlow.log';
      if (id === 'application') return;
      const wrong = await statements(file(fixture(name)), id);
      assert.deepEqual(wrong.sql, []);
      assert.ok(wrong.read.kind === 'read' && wrong.read.counts.unreadable > 0);
    });
});

describe('the formats', () => {
  test('are each found by their beginning', () => {
    const files = {
      'postgres.log': 'postgres',
      'postgres.csv': 'postgres-csv',
      'postgres.json': 'postgres-json',
      'otlp.json': 'otlp',
      'mariadbSlow.log': 'mysql-slow',
      'mariadbSlowTable.txt': 'mysql-slow-table',
      'pgStatStatements.json': 'pg-stat-statements',
      'autoExplain.json': 'postgres-json',
    };
    for (const [name, id] of Object.entries(files)) assert.equal(sourceOf(fixture(name))?.id, id, name);
  });

  test('are all on the page', () => {
    const page = readFileSync(join(ROOT, 'docs/measurements.md'), 'utf8');
    for (const { id } of SOURCES) assert.match(page, new RegExp(`^\\| .*\`${id}\``, 'm'));
  });

  test('have names of their own', () => {
    assert.equal(new Set(SOURCES.map(({ id }) => id)).size, SOURCES.length);
    for (const source of SOURCES) assert.equal(sourceById(source.id), source);
    assert.equal(sourceById('nothing'), null);
  });
});
