import type { Statement } from '#sql/compileCall.ts';

/**
 * Says where the statements a client sent differ from the compiled ones, null where they do not. The length of lists may differ,
 * because it is that of the data; a statement for related rows or in a branch need not be sent.
 */
export function difference(sent: readonly string[], compiled: readonly Statement[]): string | null {
  let next = 0;
  for (const { sql, child, conditional } of compiled) {
    const real = sent[next];
    if (real !== undefined && folded(real) === folded(sql)) next++;
    else if (!child && !conditional) return texts(sent, compiled);
  }
  return next === sent.length ? null : texts(sent, compiled);
}

/** `IN (?,?,?)` as `IN (?)`, and several rows of values as one: how many there are depends on the data. */
export function folded(sql: string): string {
  return sql.replaceAll(LIST, '(?)').replaceAll(/\(\?\)(?:,\(\?\))+/g, '(?)');
}

const LIST = /\((?:\?|\$\d+)(?:,\s*(?:\?|\$\d+))*\)/g;

function texts(sent: readonly string[], compiled: readonly Statement[]): string {
  return ['sent:', ...sent, 'compiled:', ...compiled.map(({ sql }) => sql)].join('\n  ');
}
