import type { Finding } from '#shared/finding.ts';

/** A finding in the public contract, `definitions/finding` of docs/output.schema.json. */
export function findingOutput(finding: Finding) {
  const { id, rule, severity, proof, message, file, line, column, endLine, endColumn } = finding;
  const { model, operation, columns, related, fixes, measurement, former, docs } = finding;
  const place = { file, line, column, endLine, endColumn };
  return {
    ...{ id, rule, severity, proof, message, ...place, model, operation, columns },
    related: related.map(({ file, line, column, endLine, endColumn, message }) => ({
      ...{ file, line, column, endLine, endColumn, message },
    })),
    fixes: fixes.map(({ title, safety }) => ({ title, safety })),
    ...{ measurement, ...(former ? { former } : {}), docs },
  };
}
