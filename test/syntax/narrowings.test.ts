import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '#syntax/extractFacts.ts';

interface Case {
  readonly says: string;
  readonly code: string;
  /** The method and the whole expression; null where nothing is told. */
  readonly gives: string | null;
}

const cases: readonly Case[] = [
  { says: 'a method of the request itself', code: '(await db.a.findMany()).find((a) => a.x)', gives: 'find' },
  { says: 'a method of its name', code: 'const as = await db.a.findMany(); as?.filter((a) => a.x);', gives: 'filter' },
  {
    says: 'an element of Promise.all',
    code: 'const [as] = await Promise.all([db.a.findMany()]); as.some((a) => a.x);',
    gives: 'some',
  },
  { says: 'the first row', code: 'const as = await db.a.findMany(); use(as[0].x, as.at(0).y);', gives: 'first' },
  { says: 'the first row of a pattern', code: 'const [a] = await db.a.findMany();', gives: 'first' },
  {
    says: 'the first row behind a test',
    code: 'const as = await db.a.findMany(); if (as.length === 0) end(); use(as[0]);',
    gives: 'first',
  },
  {
    says: 'a part, and the number of all',
    code: 'const as = await db.a.findMany(); use(as.slice(0, 9), as.length);',
    gives: 'slice',
  },
  {
    says: 'but not two methods',
    code: 'const as = await db.a.findMany(); as.find((a) => a.x); as.filter((a) => a.y);',
    gives: null,
  },
  {
    says: 'nor a method and the list',
    code: 'const as = await db.a.findMany(); as.find((a) => a.x); use(as);',
    gives: null,
  },
  { says: 'nor the second row', code: 'const [a, b] = await db.a.findMany();', gives: null },
  {
    says: 'nor a list that may be another by then',
    code: 'let as = await db.a.findMany(); as = []; as.find((a) => a.x);',
    gives: null,
  },
  { says: 'nor an exported one', code: 'export const as = await db.a.findMany(); as.find((a) => a.x);', gives: null },
  {
    says: 'nor one asked in a loop',
    code: 'const as = await db.a.findMany(); for (const b of bs) as.find((a) => a.x);',
    gives: null,
  },
  {
    says: 'nor one asked in a callback',
    code: 'const as = await db.a.findMany(); bs.map((b) => as.find((a) => a.x));',
    gives: null,
  },
  { says: 'nor a function given by name', code: 'const as = await db.a.findMany(); as.filter(isX);', gives: null },
  { says: 'nor a type guard', code: 'const as = await db.a.findMany(); as.filter((a): a is B => a.x);', gives: null },
];

for (const { says, code, gives } of cases) {
  test(`a narrowing is ${says}`, () => {
    const { narrowings } = extractFacts('src/a.ts', code);
    assert.deepEqual(
      narrowings.map(({ method }) => method),
      gives === null ? [] : [gives],
    );
  });
}
