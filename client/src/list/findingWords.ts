import type { Finding } from '#shared/finding.ts';
import type { ListedFinding } from '#shared/protocol.ts';
import { capitalised, escapeMarkdown, proofWords } from '../words.ts';
import type { Grouping } from './findingTree.ts';

/** One line for the list: what happens, without what it costs and what to do. */
export function shortMessage({ message }: Pick<Finding, 'message'>): string {
  const end = /[.!?](?= +[A-Z0-9`])/.exec(blankCode(message));
  return (end === null ? message : message.slice(0, end.index)).replaceAll('`', '').replace(/[.\s]+$/, '');
}

/** A finding's line: a label, and greyed text after it. */
export interface FindingLine {
  readonly label: string;
  readonly detail: string;
}

/** Below a rule its name would be said twice; elsewhere it tells most in the least room. */
export function findingLine(finding: Finding, grouping: Grouping): FindingLine {
  const message = shortMessage(finding);
  return grouping === 'rule'
    ? { label: message, detail: `line ${finding.line}` }
    : { label: finding.rule, detail: message };
}

/** Markdown for the tooltip: the whole message, the proof, and the places that explain it. */
export function findingTooltip({ finding, routes }: ListedFinding): string {
  const places = finding.related.map(({ file, line, message }) => `- ${escapeMarkdown(`${file}:${line}`)} ${message}`);
  const reached = routes.map((route) => `- ${escapeMarkdown(route)}`);
  return [
    `**${finding.rule}** (${finding.severity})`,
    finding.message,
    `${capitalised(proofWords(finding.proof))}.`,
    ...(places.length === 0 ? [] : [places.join('\n')]),
    ...(reached.length === 0 ? [] : [`Reached from:\n\n${reached.slice(0, MOST_ROUTES).join('\n')}${more(reached)}`]),
  ].join('\n\n');
}

/** What a screen reader says in place of label, greyed text and icon. */
export function spokenFinding(finding: Finding): string {
  return `${finding.severity}, ${finding.rule}: ${shortMessage(finding)}, ${finding.file}, line ${finding.line}`;
}

const MOST_ROUTES = 5;

function more(routes: readonly string[]): string {
  return routes.length > MOST_ROUTES ? `\n- and ${routes.length - MOST_ROUTES} more` : '';
}

/** Of the same length, so that places in it are places in the message. */
function blankCode(message: string): string {
  return message.replace(/`[^`]*`/g, (code) => `\`${'x'.repeat(Math.max(0, code.length - 2))}\``);
}
