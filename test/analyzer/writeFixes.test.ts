import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixWriter } from '#analyzer/writeFixes.ts';
import type { Piece } from '#graph/edits/draft.ts';

const TEXT = 'const rows = 1;\nf(() => {\n  use(order.users, {\n    a: `x`,\n  });\n  g({\n    b: 1,\n\n  });\n});\n';
const ALL = { file: 'a.ts', span: { start: 0, end: TEXT.length } };

function check(pieces: readonly Piece[] | string, expected: string): void {
  const edit = { file: 'a.ts', span: { start: 0, end: 0 }, newText: pieces };
  const fix = fixWriter(() => TEXT, new Map())({ title: 'Do it', safety: 'review', edits: [edit] });
  assert.deepEqual(fix.edits, [{ ...edit, newText: expected }]);
}

function source(text: string) {
  const start = TEXT.indexOf(text);
  assert.notEqual(start, -1);
  return { file: 'a.ts', span: { start, end: start + text.length } };
}

test('text is taken as it is', () => check('take: 1', 'take: 1'));
test('source is carried over', () => check(['for ', source('order.users'), ';'], 'for order.users;'));
test('its further lines move right', () =>
  check([{ ...source('{\n    b: 1,\n\n  }'), shift: 2 }], '{\n      b: 1,\n\n    }'));
test('its further lines move left, at most to the margin', () =>
  check([{ ...source('{\n    b: 1,\n\n  }'), shift: -3 }], '{\n b: 1,\n\n}'));
test('source with a template keeps its lines', () =>
  check([{ ...source('{\n    a: `x`,\n  }'), shift: 2 }], '{\n    a: `x`,\n  }'));
test('a name nobody mentions is free', () => check([{ fresh: ['items', 'rows'], within: ALL }], 'items'));
test('a property is no name', () => check([{ fresh: ['users'], within: ALL }], 'users'));
test('of names in use the next is taken', () => check([{ fresh: ['rows', 'list'], within: ALL }], 'list'));
test('where all are in use the last gets a number', () => check([{ fresh: ['order', 'rows'], within: ALL }], 'rows2'));
test('a name in use elsewhere is free', () => check([{ fresh: ['rows'], within: source('g({\n') }], 'rows'));
