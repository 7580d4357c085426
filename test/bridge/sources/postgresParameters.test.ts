import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { postgresCsv } from '#bridge/sources/postgresCsv.ts';
import { postgresJson } from '#bridge/sources/postgresJson.ts';
import { postgresParameters } from '#bridge/sources/postgresParameters.ts';
import { postgresText } from '#bridge/sources/postgresText.ts';
import { fixture } from './support/fixture.ts';
import { read } from './support/read.ts';

describe('the parameters PostgreSQL writes', () => {
  const check = (detail: string, expected: readonly (string | null)[] | null): void => {
    test(detail.slice(0, 50), () => assert.deepEqual(postgresParameters(detail), expected));
  };
  check("parameters: $1 = '42'", ['42']);
  check("Parameters: $1 = '42', $2 = NULL, $3 = 'a'", ['42', null, 'a']);
  check("parameters: $1 = 'it''s', $2 = ''", ["it's", '']);
  check("parameters: $1 = 'a, $2 = ''b''', $2 = 'c'", ["a, $2 = 'b'", 'c']);
  check("parameters: $1 = 'two\nlines'", ['two\nlines']);
  check("parameters: $1 = 'cut off ", ['cut off ']);
  check('Process 12 waits for ShareLock', null);
});

const PREFIX = '2026-11-21 00:25:02.190 UTC';
const parametersOf = (text: string) => read(postgresText, text).samples.map((each) => Reflect.get(each, 'parameters'));

describe('a text log', () => {
  test('has them in lines of their own', () => {
    const text = `${PREFIX} [1] LOG:  duration: 1.0 ms  execute <unnamed>: SELECT $1\n${PREFIX} [1] DETAIL:  parameters: $1 = 'a\n\tb'\n`;
    assert.deepEqual(parametersOf(text), [['a\nb']]);
  });

  test('may have them where the statement is announced', () => {
    const text = `${PREFIX} [1] LOG:  execute <unnamed>: SELECT $1\n${PREFIX} [1] DETAIL:  parameters: $1 = '7'\n${PREFIX} [1] LOG:  duration: 1.0 ms\n`;
    assert.deepEqual(parametersOf(text), [['7']]);
  });

  test('does not give those of another session', () => {
    const text = `${PREFIX} [1] LOG:  duration: 1.0 ms  execute <unnamed>: SELECT $1\n${PREFIX} [2] DETAIL:  parameters: $1 = '7'\n`;
    assert.deepEqual(parametersOf(text), [undefined]);
  });

  test('says which session it was', () => {
    const { samples } = read(postgresText, fixture('postgres.log'));
    assert.ok(samples.length > 10);
    assert.deepEqual([...new Set(samples.map((each) => Reflect.get(each, 'session')))], ['1252']);
  });
});

test('all forms of a log give the same parameters', () => {
  const [text, csv, json] = (
    [
      [postgresText, 'postgres.log'],
      [postgresCsv, 'postgres.csv'],
      [postgresJson, 'postgres.json'],
    ] as const
  ).map(([source, name]) => read(source, fixture(name)).samples.map((each) => Reflect.get(each, 'parameters')));
  assert.deepEqual(csv, text);
  assert.deepEqual(json, text);
  assert.ok(text?.some((each) => Array.isArray(each) && each.length > 2));
});
