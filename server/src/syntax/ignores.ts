import type { Span } from '#shared/location.ts';
import type { IgnoreFact } from './facts.ts';

const WORD = 'querylens-ignore';
const COMMENT = /(\/{2,}[ \t]*|\/\*+[\s*]*)querylens-ignore-(next-line|line|file|start|end)(?![\w-])/g;
const RULE_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Ignore comments of any text that writes comments as TypeScript or a Prisma schema does; nearly free where there are none. */
export function extractIgnores(text: string): readonly IgnoreFact[] {
  if (!text.includes(WORD)) return [];
  return text
    .matchAll(COMMENT)
    .map((match) => toIgnore(text, match))
    .toArray();
}

function toIgnore(text: string, match: RegExpMatchArray): IgnoreFact {
  const [head, opening = '', scope] = match;
  const start = match.index ?? 0;
  const block = opening.startsWith('/*');
  const end = endOfComment(text, start, block);
  const body = text.slice(start + head.length, end);
  return {
    scope: scope as IgnoreFact['scope'],
    ...parseBody(block ? body.replace(/\*+\/$/, '').replace(/\n[ \t]*\*/g, '\n') : body),
    line: lineOf(text, end),
    span: { start, end } satisfies Span,
  };
}

/** What follows the keyword: rule ids up to ` -- `, then the reason. */
function parseBody(body: string): Pick<IgnoreFact, 'rules' | 'reason'> {
  const [, ids = '', reason = ''] = /^(.*?)(?:(?:^|\s)--+(?:\s(.*))?)?$/s.exec(body.trim()) ?? [];
  return {
    rules: ids.split(/[\s,]+/).filter((id) => RULE_ID.test(id)),
    reason: reason.trim().replace(/\s+/g, ' ') || null,
  };
}

function endOfComment(text: string, start: number, block: boolean): number {
  const mark = block ? text.indexOf('*/', start) : text.slice(start).search(/\r?\n/);
  if (mark < 0) return text.length;
  return block ? mark + 2 : start + mark;
}

/** The comment's last line, so that "next line" of a comment over several lines is the one below it. */
function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
