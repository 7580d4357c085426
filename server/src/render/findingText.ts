import type { Finding, Fix, Proof } from '#shared/finding.ts';

const PROOF_TEXT: Readonly<Record<Proof, string>> = {
  pattern: 'the shape of the code suggests it',
  schema: 'the code and the schema show it',
  observed: 'the running database was seen doing it',
  plan: "the database's query plan shows it",
};

/** What stands behind a finding, in words for a person. */
export function proofText(proof: Proof): string {
  return PROOF_TEXT[proof];
}

/** A fix in words, with how it can be applied. */
export function fixText({ title, safety, edits }: Fix): string {
  if (edits.length === 0) return title;
  return safety === 'safe' ? `${title} (safe: --fix applies it)` : `${title} (look it over: your editor offers it)`;
}

/** `path:line:column`, which terminals and editors turn into a link. */
export function placeText({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string {
  return `${file}:${line}:${column}`;
}
