import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applySafeFixes } from '#analyzer/applyFixes.ts';
import type { Finding, Fix } from '#shared/finding.ts';

const TEXT = 'const a = 1;\nconst b = 2;\n';

const edit = (start: number, end: number, newText: string, file = 'a.ts') => ({ file, span: { start, end }, newText });

function check(fixes: readonly Partial<Fix>[], expected: string | undefined): void {
  const findings = fixes.map(
    (fix) => ({ fixes: [{ title: '', safety: 'safe', edits: [], ...fix }] }) as unknown as Finding,
  );
  assert.equal(applySafeFixes(findings, () => TEXT).get('a.ts'), expected);
}

test('safe fixes of one file are applied together, whatever their order', () =>
  check([{ edits: [edit(23, 24, '4')] }, { edits: [edit(10, 11, '3')] }], 'const a = 3;\nconst b = 4;\n'));
test('a fix that needs a look is not applied', () =>
  check([{ safety: 'review', edits: [edit(10, 11, '3')] }], undefined));
test('a fix in words changes nothing', () => check([{}], undefined));
test('of fixes that overlap the first is taken', () =>
  check([{ edits: [edit(10, 11, '3')] }, { edits: [edit(6, 11, 'c = 5')] }], 'const a = 3;\nconst b = 2;\n'));
test('a fix whose result does not parse is refused', () =>
  check([{ edits: [edit(10, 11, '((')] }, { edits: [edit(23, 24, '4')] }], 'const a = 1;\nconst b = 4;\n'));
