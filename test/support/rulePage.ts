import assert from 'node:assert/strict';
import { type ExamplePart, SCHEMA_FILE, splitParts } from './exampleParts.ts';

export const PAGE_SECTIONS = [
  'What it finds',
  'Why it costs',
  'How to fix',
  'Options',
  'When it stays silent',
] as const;

/** An example of a page, with what is to be asked of it. */
export interface PageExample {
  readonly section: string;
  /** 1-based line of the opening fence in the page. */
  readonly line: number;
  readonly parts: readonly ExamplePart[];
  /** `finds`: at least one expectation. `silent`: nothing of this rule. `free`: what its comments say, be it nothing. */
  readonly asks: 'finds' | 'silent' | 'free';
}

interface Block {
  readonly language: string;
  readonly text: string;
  readonly section: string;
  readonly line: number;
  /** The list item of the section it belongs to, counted from 1; 0 before the first. */
  readonly bullet: number;
  readonly markedFinds: boolean;
}

/** Every ```ts, ```tsx and lone ```prisma block of a rule's README as an example. */
export function pageExamples(markdown: string): readonly PageExample[] {
  return examplesOf(scan(markdown).blocks);
}

/** Fails unless the README has its title, its five sections, its marks, and an example wherever it makes a claim. */
export function assertPage(markdown: string, id: string): void {
  const { title, sections, blocks, bullets } = scan(markdown);
  assert.equal(title, id, `the page's title is '# ${id}'`);
  assert.deepEqual(sections, [...PAGE_SECTIONS], 'the page has these sections in this order');
  for (const section of ['What it finds', 'How to fix'])
    assert.ok(
      blocks.some((block) => block.section === section && isCode(block)),
      `'${section}' has an example`,
    );
  assert.match(
    markdown,
    /<!-- options -->[\s\S]*<!-- \/options -->/,
    "'Options' holds the marks of its generated table",
  );
  const silent = 'When it stays silent';
  const shown = new Set(
    blocks.filter((block) => block.section === silent && isCode(block)).map((block) => block.bullet),
  );
  assert.ok(bullets.length > 0, `'${silent}' lists at least one case`);
  bullets.forEach((text, index) => {
    assert.ok(shown.has(index + 1), `the bullet '${text}' is followed by an example`);
  });
}

function isCode(block: Block): boolean {
  return ['ts', 'tsx', 'prisma'].includes(block.language);
}

/** A prisma block is the schema of the blocks after it in its section, until the next; with none after it, it stands alone. */
function examplesOf(blocks: readonly Block[]): readonly PageExample[] {
  const examples: PageExample[] = [];
  let schema: { readonly block: Block; used: boolean } | null = null;
  const flush = (): void => {
    if (schema && !schema.used) examples.push(toExample(schema.block, []));
  };
  for (const block of blocks.filter(isCode)) {
    const sameSection = schema?.block.section === block.section;
    if (block.language === 'prisma' || !sameSection) {
      flush();
      schema = null;
    }
    if (block.language === 'prisma') schema = { block, used: false };
    else {
      if (schema) schema.used = true;
      examples.push(toExample(block, schema ? splitParts(schema.block.text, SCHEMA_FILE) : []));
    }
  }
  flush();
  return examples;
}

function toExample(block: Block, schema: readonly ExamplePart[]): PageExample {
  const file = block.language === 'prisma' ? SCHEMA_FILE : `src/example.${block.language}`;
  const parts = splitParts(block.text, file);
  const ownSchema = parts.some((part) => part.file.endsWith('.prisma'));
  return {
    section: block.section,
    line: block.line,
    parts: ownSchema ? parts : [...parts, ...schema],
    asks: asksOf(block),
  };
}

function asksOf(block: Block): PageExample['asks'] {
  if (block.markedFinds || block.section === 'What it finds') return 'finds';
  return ['When it stays silent', 'How to fix'].includes(block.section) ? 'silent' : 'free';
}

function scan(markdown: string): {
  title: string | null;
  sections: readonly string[];
  blocks: readonly Block[];
  bullets: readonly string[];
} {
  const sections: string[] = [];
  const blocks: Block[] = [];
  const bullets: string[] = [];
  let title: string | null = null;
  let bullet = 0;
  let markedFinds = false;
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const fence = /^(?<indent>\s*)```(?<language>\w*)/.exec(line);
    if (fence?.groups) {
      const { indent = '', language = '' } = fence.groups;
      const end = lines.findIndex((other, at) => at > index && other.trim() === '```');
      assert.ok(end > 0, `line ${index + 1}: the block is closed`);
      const text = lines
        .slice(index + 1, end)
        .map((code) => (code.startsWith(indent) ? code.slice(indent.length) : code));
      blocks.push({
        language,
        text: `${text.join('\n')}\n`,
        section: sections.at(-1) ?? '',
        line: index + 1,
        bullet,
        markedFinds,
      });
      markedFinds = false;
      index = end;
    } else if (line.startsWith('# ')) title = line.slice(2).trim();
    else if (line.startsWith('## ')) {
      sections.push(line.slice(3).trim());
      bullet = 0;
    } else if (line.startsWith('- ')) {
      bullet += 1;
      if (sections.at(-1) === 'When it stays silent') bullets.push(line.slice(2));
    } else if (line.includes('<!-- finds -->')) markedFinds = true;
  }
  return { title, sections, blocks, bullets };
}
