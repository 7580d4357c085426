import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractIgnores } from '#syntax/ignores.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  /** `scope@line rules -- reason` per comment. */
  readonly ignores: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'a text without the word', text: '// eslint-disable-next-line no-console\nf();', ignores: [] },
  {
    name: 'one rule with a reason',
    text: 'a();\n// querylens-ignore-next-line n-plus-one -- two tenants at most\nb();',
    ignores: ['next-line@2 n-plus-one -- two tenants at most'],
  },
  {
    name: 'several rules at the end of a line',
    text: 'run(); // querylens-ignore-line n-plus-one, write-in-loop -- a migration\n',
    ignores: ['line@1 n-plus-one,write-in-loop -- a migration'],
  },
  { name: 'rules parted by spaces', text: '//querylens-ignore-line a-b c', ignores: ['line@1 a-b,c -- null'] },
  { name: 'every rule', text: '// querylens-ignore-next-line -- generated', ignores: ['next-line@1  -- generated'] },
  { name: 'no reason', text: '// querylens-ignore-file missing-index', ignores: ['file@1 missing-index -- null'] },
  { name: 'a dash without a reason', text: '// querylens-ignore-line a --', ignores: ['line@1 a -- null'] },
  {
    name: 'a region',
    text: '/* querylens-ignore-start over-fetching -- legacy */\nx();\n/* querylens-ignore-end over-fetching */',
    ignores: ['start@1 over-fetching -- legacy', 'end@3 over-fetching -- null'],
  },
  {
    name: 'JSX',
    text: '<ul>\n  {/* querylens-ignore-next-line n-plus-one -- three tabs */}\n  {tabs}\n</ul>',
    ignores: ['next-line@2 n-plus-one -- three tabs'],
  },
  {
    name: 'a documentation comment over several lines counts from its last line',
    text: '/**\n * querylens-ignore-next-line unbounded-query -- all rows\n * are exported here\n */\nexport const f = 1;',
    ignores: ['next-line@4 unbounded-query -- all rows are exported here'],
  },
  {
    name: 'a Prisma schema',
    text: 'model A {\n  /// querylens-ignore-next-line missing-index -- tiny\n  authorId Int\n}',
    ignores: ['next-line@2 missing-index -- tiny'],
  },
  { name: 'CRLF', text: 'a();\r\n// querylens-ignore-next-line a -- b\r\nc();', ignores: ['next-line@2 a -- b'] },
  {
    name: 'a longer word is none of ours',
    text: '// querylens-ignore-next-line-please\n// querylens-ignored',
    ignores: [],
  },
  { name: 'the word in prose', text: '// write querylens-ignore-next-line above it', ignores: [] },
];

for (const { name, text, ignores } of CASES) {
  test(`ignores: ${name}`, () => {
    const found = extractIgnores(text).map(
      (fact) => `${fact.scope}@${fact.line} ${fact.rules.join(',')} -- ${fact.reason}`,
    );
    assert.deepEqual(found, ignores);
  });
}

test('ignores: the span is the comment and nothing after it', () => {
  const text = 'x(); /* querylens-ignore-line a -- b */ y();\n// querylens-ignore-line c\r\nz();';
  const spans = extractIgnores(text).map(({ span }) => text.slice(span.start, span.end));
  assert.deepEqual(spans, ['/* querylens-ignore-line a -- b */', '// querylens-ignore-line c']);
});
