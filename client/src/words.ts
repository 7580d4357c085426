import { type Proof, SEVERITIES } from '#shared/finding.ts';
import { pluralOf } from '#shared/plural.ts';
import type { Counts } from './state/overview.ts';

const PROOF_WORDS: Readonly<Record<Proof, string>> = {
  pattern: 'the shape of the code suggests it',
  schema: 'the code and the schema show it',
  observed: 'the running database was seen doing it',
  plan: "the database's query plan shows it",
};

const PROOF_LABELS: Readonly<Record<Proof, string>> = {
  pattern: 'Shape of the code',
  schema: 'Code and schema',
  observed: 'Seen in the database',
  plan: 'Query plan',
};

/** What stands behind a group of findings, short enough for a narrow view. */
export function proofLabel(proof: Proof): string {
  return PROOF_LABELS[proof];
}

/** What stands behind a finding. */
export function proofWords(proof: Proof): string {
  return PROOF_WORDS[proof];
}

/** `2 errors, 1 hint`, loudest first; `no findings` when there are none. */
export function countWords(counts: Counts): string {
  const parts = SEVERITIES.filter((name) => counts[name] > 0).map((name) => plural(counts[name], name));
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${pluralOf(noun)}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Text that comes from outside, so that Markdown shows it as it is. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|<>~$]/g, '\\$&').replace(/\s+/g, ' ');
}
