import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding } from '#shared/finding.ts';
import { assertExpected, readExpectations } from '#test/support/expectations.ts';

const CODE = `for (const x of xs) {
  await db.a.count();
  //         ^^^^^ slow-thing warning schema "each x"
}
`;

const finding: Finding = {
  id: 'f1',
  rule: 'slow-thing',
  severity: 'warning',
  proof: 'schema',
  message: 'It runs for each x.',
  file: 'a.ts',
  line: 2,
  column: 14,
  endLine: 2,
  endColumn: 19,
  model: null,
  operation: null,
  columns: [],
  related: [{ file: 'a.ts', line: 1, column: 1, endLine: 3, endColumn: 2, message: 'the loop' }],
  fixes: [],
  measurement: null,
  docs: '',
};

function check(text: string, findings: readonly Finding[]): void {
  const { text: code, expectations } = readExpectations('a.ts', text);
  assertExpected({ 'a.ts': code }, expectations, findings);
}

describe('expectation comments', () => {
  test('are taken out and point to the line above', () => {
    const { text, expectations } = readExpectations('a.ts', CODE);
    assert.equal(text, 'for (const x of xs) {\n  await db.a.count();\n}\n');
    assert.deepEqual(expectations, [
      {
        file: 'a.ts',
        line: 2,
        column: 14,
        endColumn: 19,
        rule: 'slow-thing',
        severity: 'warning',
        proof: 'schema',
        says: 'each x',
      },
    ]);
  });

  test('hold', () => check(CODE, [finding]));

  test('may stand in JSX, several beneath one line, and leave words out', () => {
    const { expectations } = readExpectations('a.tsx', '<A b={c} />\n{/*   ^ one */}\n//       ^ two hint\n');
    assert.deepEqual(
      expectations.map(({ rule, column, line, severity }) => [rule, column, line, severity]),
      [
        ['one', 7, 1, null],
        ['two', 10, 1, 'hint'],
      ],
    );
  });

  test('reach back to the start of the line with <', () => {
    const [expected] = readExpectations('a.prisma', 'model User {\n//<^^^^^^^ slow-thing\n').expectations;
    assert.deepEqual([expected?.column, expected?.endColumn], [1, 11]);
  });

  test('name related places; a range over lines counts to the end of its first', () => {
    check(
      'for (const x of xs) {\n//<^^^^^^^^^^^^^^^^^^ related "loop"\n  await db.a.count();\n  //         ^^^^^ slow-thing\n}\n',
      [finding],
    );
  });

  test('are otherwise left alone', () => {
    const text = '// see ^^^ above\nconst x = a ^ b; // ^ xor\n';
    assert.equal(readExpectations('a.ts', text).text, text);
  });
});

const failures: readonly (readonly [what: string, text: string, findings: readonly Finding[], says: RegExp])[] = [
  ['nothing is found', CODE, [], /expected, not found\na.ts:2:14/],
  ['more is found', CODE, [finding, { ...finding, line: 1 }], /found, not expected\na.ts:1:14/],
  ['the same is found twice', CODE, [finding, finding], /found, not expected/],
  ['another rule finds it', CODE, [{ ...finding, rule: 'other' }], /found, not expected[\s\S]* other warning/],
  ['the severity differs', CODE, [{ ...finding, severity: 'hint' }], /slow-thing hint schema/],
  ['the proof differs', CODE, [{ ...finding, proof: 'pattern' }], /slow-thing warning pattern/],
  ['the words differ', CODE, [{ ...finding, message: 'Slow.' }], /Slow\./],
  ['it ends elsewhere', CODE, [{ ...finding, endColumn: 20 }], /\^{6} slow-thing/],
  ['it is in another file', CODE, [{ ...finding, file: 'b.ts' }], /b\.ts:2:14/],
  ['a related place is missing', 'a();\n// ^ related\n', [], /expected, not found[\s\S]* related/],
];

describe('expectations fail when', () => {
  for (const [what, text, findings, says] of failures) {
    test(what, () => assert.throws(() => check(text, findings), says));
  }

  test('a severity is misspelt', () => assert.throws(() => check('a();\n// ^ rule warn\n', []), /'warn' is neither/));
});
