import type { CollectorEvent } from '#shared/collectorEvents.ts';
import { plural } from './count.ts';

type Summary = Extract<CollectorEvent, { readonly kind: 'summary' }>;

/** What became of logs, in one sentence without an end mark. */
export function collectedText({ executions, matched, unreadable }: Summary): string {
  if (executions === 0) return `nothing new was counted${unreadable > 0 ? `; ${linesText(unreadable)}` : ''}`;
  const known = sum(matched, KNOWN);
  const parts = [
    `${countText(executions, 'execution')} counted`,
    known === executions ? 'each of one call' : `${shareText(known, executions)} of one call`,
    ...shares(matched, executions),
    ...(unreadable > 0 ? [linesText(unreadable)] : []),
  ];
  return parts.join(', ');
}

/** Executions that were counted and are of no one call. */
export function unmatchedCount({ executions, matched }: Summary): number {
  return executions - sum(matched, KNOWN);
}

const KNOWN = ['exact', 'shape', 'label'];

const OTHERS = [
  { levels: ['model'], words: 'of a model alone' },
  { levels: ['ambiguous'], words: 'of several calls that send the same' },
  { levels: ['unmatched'], words: 'of no call that is known' },
];

function shares(matched: Summary['matched'], executions: number): readonly string[] {
  return OTHERS.flatMap(({ levels, words }) => {
    const count = sum(matched, levels);
    return count === 0 ? [] : [`${shareText(count, executions)} ${words}`];
  });
}

function sum(matched: Summary['matched'], levels: readonly string[]): number {
  return levels.reduce((all, level) => all + (matched[level] ?? 0), 0);
}

/** What is there is more than nothing, and what lacks something is not all. */
function shareText(count: number, all: number): string {
  const percent = Math.round((100 * count) / all);
  return `${count === 0 ? 0 : Math.min(99, Math.max(1, percent))} %`;
}

function linesText(count: number): string {
  return `${countText(count, 'line')} not readable`;
}

function countText(count: number, noun: string): string {
  return plural(count, noun).replace(/^\d+/, (digits) => Number(digits).toLocaleString('en-US'));
}
