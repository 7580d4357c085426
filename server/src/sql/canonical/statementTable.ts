/** The table a statement in canonical form is about, as it is written there; null where that is not plain. */
export function statementTable(text: string): string | null {
  return /^(?:select .*? from|insert into|update|delete from) (?:["`\w]+\.)?["`]?(\w+)/s.exec(text)?.[1] ?? null;
}
