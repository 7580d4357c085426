const BEGIN = /^\s*(?:Query )?[Pp]arameters: /;

/** What PostgreSQL writes of the parameters of an execution, `parameters: $1 = 'it''s', $2 = NULL`; null for any other detail. */
export function postgresParameters(detail: string): readonly (string | null)[] | null {
  const begin = BEGIN.exec(detail);
  return begin === null ? null : parametersIn(detail, begin[0].length);
}

/** The list alone, from `$1` on. */
export function parametersIn(text: string, from: number): readonly (string | null)[] {
  const values: (string | null)[] = [];
  for (let at = from; text[at] === '$'; ) {
    const value = text.indexOf(' = ', at) + 3;
    if (value < 3) break;
    const quoted = text[value] === "'";
    const end = quoted ? endOfText(text, value + 1) : endOfWord(text, value);
    const content = text.slice(quoted ? value + 1 : value, end);
    values.push(quoted ? (content.includes("''") ? content.replaceAll("''", "'") : content) : null);
    at = end + (quoted ? 1 : 0) + 2;
  }
  return values;
}

/** Where the quote closes; quotes within are doubled. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf("'", from); at >= 0; at = text.indexOf("'", at + 2)) if (text[at + 1] !== "'") return at;
  return text.length;
}

function endOfWord(text: string, from: number): number {
  const end = text.indexOf(',', from);
  return end < 0 ? text.length : end;
}
