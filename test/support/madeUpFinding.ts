import type { Finding } from '#shared/finding.ts';

/** A finding for tests of words and lists, where only what is given matters. */
export function madeUpFinding(given: Partial<Finding>): Finding {
  return {
    ...{ id: 'id', rule: 'n-plus-one', severity: 'warning', proof: 'schema', message: 'It repeats.' },
    ...{ file: 'src/a.ts', line: 1, column: 1, endLine: 1, endColumn: 5, model: null, operation: null, columns: [] },
    ...{ related: [], fixes: [], measurement: null, docs: 'docs/rules.md' },
    ...given,
  };
}
