import { type Dialect, type SqlToken, sqlTokens } from '#schema/sqlTokens.ts';

/** Names a statement gives to its tables (`"Post" AS "j1"`), as pairs of the given name and the table's. */
export function tableAliases(sql: string, dialect: Dialect): ReadonlyMap<string, string> {
  const tokens = sqlTokens(sql, dialect);
  const aliases = new Map<string, string>();
  for (const [at, token] of tokens.entries()) {
    const [table, alias] = [tokens[at - 1], tokens[at + 1]];
    if (token.kind === 'word' && token.value.toUpperCase() === 'AS' && isName(table) && isName(alias)) {
      aliases.set(alias.value, table.value);
    }
  }
  return aliases;
}

function isName(token: SqlToken | undefined): token is SqlToken {
  return token?.kind === 'name';
}
