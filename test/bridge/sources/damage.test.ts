import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Sample } from '#bridge/sample.ts';
import { SOURCES, sourceOf } from '#bridge/sources.ts';
import { type SeededRandom, seededRandom } from '#test/support/seededRandom.ts';
import { fixture } from './support/fixture.ts';
import { read } from './support/read.ts';

const FIXTURES = [
  ...['postgres.log', 'postgres.csv', 'postgres.json', 'autoExplain.json', 'mariadbSlow.log', 'mariadbSlowTable.txt'],
  ...['pgStatStatements.json', 'otlp.json'],
];
/** Of these a record is read without those before it, so that a cut costs few of them. */
const LOGS = ['postgres.log', 'postgres.csv', 'postgres.json', 'mariadbSlow.log'];

describe('whatever happened to a file', () => {
  test('no source breaks on it', () => {
    const random = seededRandom(7);
    for (const name of FIXTURES)
      for (let turn = 0; turn < 20; turn += 1) {
        const text = damaged(fixture(name).slice(0, 12_000), random);
        for (const source of SOURCES) assert.doesNotThrow(() => read(source, text), `${source.id} on ${name}: ${turn}`);
      }
  });

  for (const name of LOGS)
    test(`what is whole of ${name} is read, wherever it was cut`, () => {
      const text = fixture(name);
      const source = sourceOf(text);
      assert.ok(source);
      const samplesOf = (part: string): readonly string[] =>
        read(source, part).samples.map((sample) => JSON.stringify(sample));
      const all = samplesOf(text);
      const random = seededRandom(11);
      for (let turn = 0; turn < 30; turn += 1) {
        const at = random.below(text.length);
        const [before, after] = [samplesOf(text.slice(0, at)), samplesOf(text.slice(at))];
        assert.ok(before.length + after.length >= all.length - 1, `${at}: ${before.length} + ${after.length}`);
        assert.ok(before.length + after.length <= all.length + 1, `${at}: ${before.length} + ${after.length}`);
        // The record at the cut may be another; its neighbours are not.
        assert.deepEqual(before.slice(0, -1), all.slice(0, Math.max(0, before.length - 1)));
        assert.deepEqual(after.slice(1), after.length > 1 ? all.slice(1 - after.length) : []);
      }
    });
});

test('a log that rests between records, and goes on, says the same', () => {
  for (const name of LOGS) {
    const text = fixture(name);
    const source = sourceOf(text);
    assert.ok(source);
    const samples: Sample[] = [];
    const reader = source.open({ sample: (one) => samples.push(one), unreadable: (line) => assert.fail(line) });
    // Before a record begins; what is added to one stands in lines of its own and is written together with it.
    for (const record of text.split(/(?<=\n)(?=2026-(?![^\n]* DETAIL: )|\{)|(?<=;\n)(?=# )/)) {
      for (const line of record.split('\n')) if (line !== '') reader.line(line);
      reader.end();
    }
    assert.deepEqual(samples, read(source, text).samples);
  }
});

function damaged(text: string, random: SeededRandom): string {
  const lines = text.split('\n');
  const [from, to, at] = [random.below(lines.length), random.below(lines.length), random.below(text.length)];
  const ways: readonly (() => string)[] = [
    () => text.slice(0, at) + text.slice(at + random.below(2000)),
    () => lines.toSpliced(from, 1).join('\n'),
    () => lines.with(from, lines[to] ?? '').join('\n'),
    () => lines.with(from, (lines[from] ?? '').slice(0, random.below(200))).join('\n'),
    () =>
      `${text.slice(0, at)}${random.pick(['"', "'", '{', '}', '\\', '\n', '\t', '\0', '\u2028', '\uFFFD', ',', ']'])}${text.slice(at)}`,
    () => lines.slice(from).concat(lines.slice(0, to)).join('\r\n'),
  ];
  return random.pick(ways)();
}
