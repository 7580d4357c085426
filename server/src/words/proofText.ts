import type { Proof } from '#shared/finding.ts';

/** What stands behind a finding, in words for a person. */
export function proofText(proof: Proof): string {
  return PROOF_TEXT[proof];
}

const PROOF_TEXT: Readonly<Record<Proof, string>> = {
  pattern: 'the shape of the code suggests it',
  schema: 'the code and the schema show it',
  observed: 'the running database was seen doing it',
  plan: "the database's query plan shows it",
};
