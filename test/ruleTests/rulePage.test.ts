import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertPage, pageExamples } from '#test/support/rulePage.ts';

const block = (code: string, language = 'ts'): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;

const PAGE = `# slow-thing

## What it finds

${block('a();\n// ^ slow-thing')}
## Why it costs

${block('why();', 'sh')}
## How to fix

${block('model A {\n}', 'prisma')}
${block('b();\n// @file: src/c.ts\nc();')}
## Options

<!-- options -->
<!-- /options -->

## When it stays silent

- when it is fast
  over two lines

  ${block('d();').replaceAll('\n', '\n  ')}
- when the schema says so

${block('model B {\n}', 'prisma')}
`;

describe('a rule page', () => {
  test('gives its blocks as examples, with the schema before them', () => {
    assertPage(PAGE, 'slow-thing');
    assert.deepEqual(
      pageExamples(PAGE).map(({ asks, parts }) => [asks, ...parts.map(({ file, text }) => `${file}: ${text.trim()}`)]),
      [
        ['finds', 'src/example.ts: a();'],
        ['silent', 'src/example.ts: b();', 'src/c.ts: c();', 'prisma/schema.prisma: model A {\n}'],
        ['silent', 'src/example.ts: d();'],
        ['silent', 'prisma/schema.prisma: model B {\n}'],
      ],
    );
  });

  const broken: readonly (readonly [what: string, page: string, says: RegExp])[] = [
    ['has another title', PAGE.replace('# slow', '# fast'), /title/],
    ['lacks a section', PAGE.replace('## Options', ''), /sections/],
    ['shows nothing it finds', PAGE.replace(block('a();\n// ^ slow-thing'), ''), /'What it finds' has an example/],
    [
      'claims silence without showing it',
      PAGE.replace(block('model B {\n}', 'prisma'), ''),
      /'when the schema says so'/,
    ],
    ['has no place for the options', PAGE.replace('<!-- options -->', ''), /marks of its generated table/],
    ['leaves a block open', `${PAGE}\n\`\`\`ts\n`, /closed/],
  ];
  for (const [what, page, says] of broken) {
    test(`fails when it ${what}`, () => assert.throws(() => assertPage(page, 'slow-thing'), says));
  }
});
