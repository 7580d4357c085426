import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prismaEvents } from '#bridge/sources/prismaEvents.ts';
import { check, read } from './support/read.ts';

const event = {
  timestamp: '2026-11-21T00:25:04.779Z',
  query: 'SELECT 1 /*a*/',
  params: '["secret"]',
  duration: 1.25,
  target: 'ClientEngine',
};
const at = Date.UTC(2026, 10, 21, 0, 25, 4, 779);

describe('query events of Prisma', () => {
  test('are statements with their parameters', () => {
    const { samples, unreadable } = read(prismaEvents, `${JSON.stringify(event)}\n`);
    assert.deepEqual(unreadable, []);
    assert.deepEqual(samples, [
      {
        kind: 'statement',
        at,
        sql: 'SELECT 1 /*a*/',
        ms: 1.25,
        rows: null,
        rowsExamined: null,
        plan: null,
        database: null,
        parameters: ['secret'],
      },
    ]);
  });

  test('have no parameters that can be read where an older engine wrote them', () => {
    const written = ['["a",2,true,null]', '[2026-11-21 00:25:04 UTC]', 'none', undefined];
    const samples = written.flatMap((params) => read(prismaEvents, JSON.stringify({ ...event, params })).samples);
    assert.deepEqual(
      samples.map((sample) => Reflect.get(sample, 'parameters')),
      [['a', '2', 'true', null], undefined, undefined, undefined],
    );
  });

  test('may have their time as a number, or not at all', () =>
    check(
      prismaEvents,
      [
        { ...event, timestamp: at },
        { ...event, timestamp: undefined },
      ]
        .map((one) => JSON.stringify(one))
        .join('\n'),
      [
        { sql: 'SELECT 1 /*a*/', at },
        { sql: 'SELECT 1 /*a*/', at: null },
      ],
    ));

  test('may be a list, laid out or not', () => {
    for (const indent of [0, 2]) {
      const text = JSON.stringify([event, { ...event, duration: 3 }], null, indent);
      assert.equal(prismaEvents.matches(text), true);
      check(prismaEvents, text, [{ ms: 1.25 }, { ms: 3 }]);
    }
  });

  test('are told from other lines by their head', () => {
    assert.equal(prismaEvents.matches(JSON.stringify(event)), true);
    assert.equal(prismaEvents.matches(JSON.stringify({ level: 'info', ...event })), false);
    assert.equal(prismaEvents.matches('{"v":1,"at":1}'), false);
  });

  test('that are none are said', () => {
    const { samples, unreadable } = read(
      prismaEvents,
      `params":"[]"}\n{"query":"SELECT 1"}\nplain\n${JSON.stringify(event)}\n{"query":"SEL`,
    );
    assert.deepEqual([samples.length, unreadable.length], [1, 4]);
  });
});
