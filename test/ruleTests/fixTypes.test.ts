import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { fixtureCases, pageCases, ruleFolders } from '#test/support/ruleCases.ts';
import type { Complaint } from '#test/support/types/compile.ts';
import { type FixedCase, fixedCases, newTypeErrors } from '#test/support/types/fixedCases.ts';

const cases = ruleFolders().flatMap((rule) => [...pageCases(rule), ...fixtureCases(rule)]);
const fixed = await fixedCases(cases);
const inCode = fixed.filter(({ fix }) => fix.edits.some(({ file }) => /\.tsx?$/.test(file)));
const inSchema = fixed.filter(({ fix }) => fix.edits.some(({ file }) => file.endsWith('.prisma')));
const spoilt = inCode.slice(0, 1).map(spoil);
const errors = newTypeErrors([...inCode, ...spoilt]);

for (const [ruleCase, fixes] of Map.groupBy(inCode, (each) => each.ruleCase)) {
  test(`${ruleCase.rule} ${ruleCase.name}: no fix adds a type error`, () => {
    const failures = fixes.map((each) => failureText(each, errors.get(each) ?? [])).filter((text) => text !== '');
    assert.equal(failures.join('\n'), '');
  });
}

for (const [ruleCase, fixes] of Map.groupBy(inSchema, (each) => each.ruleCase)) {
  test(`${ruleCase.rule} ${ruleCase.name}: Prisma takes the schema after each fix`, () => {
    for (const { after, fix } of fixes) {
      const { schemas, problems } = loadSchemas(memoryWorkspace(after), { paths: [], previous: [] });
      assert.deepEqual(problems, [], fix.title);
      assert.equal(schemas.length, 1, fix.title);
    }
  });
}

test('a fix that asks for a field that does not exist is noticed', () => {
  for (const each of spoilt) assert.match(failureText(each, errors.get(each) ?? []), /nowhere/);
  assert.equal(spoilt.length, 1);
});

function spoil(each: FixedCase): FixedCase {
  const text =
    "import { prisma } from './db';\nexport const broken = prisma.user.findMany({ select: { nowhere: true } });\n";
  return { ...each, after: { ...each.after, 'src/spoilt.ts': text } };
}

/** What a person needs to see the mistake: which fix, what the compiler says, the line it says it of, and the text after the fix. */
function failureText({ finding, fix, after }: FixedCase, list: readonly Complaint[]): string {
  if (list.length === 0) return '';
  const said = list.map(({ file, line, message }) => {
    const code = (after[file] ?? '').split('\n')[line - 1] ?? '';
    return `  ${file}:${line}: ${message}\n    > ${code.trim()}`;
  });
  const files = [...new Set(fix.edits.map(({ file }) => file))].map(
    (file) => `--- ${file} after the fix\n${after[file]}`,
  );
  const title = `"${fix.title}" of ${finding.rule} at ${finding.file}:${finding.line} adds`;
  return [title, ...said, ...files].join('\n');
}
