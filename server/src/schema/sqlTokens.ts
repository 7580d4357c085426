import moo from 'moo';

/** How SQL is quoted and commented; CockroachDB reads like PostgreSQL. */
export type Dialect = 'postgresql' | 'mysql' | 'sqlite' | 'sqlserver';

/**
 * `name` is a quoted identifier, `word` a bare one or a keyword, `body` the text between dollar quotes, `parameter` a numbered or named
 * one (a bare `?` is a symbol, for it may be an operator), `symbol` an operator or a mark.
 */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'parameter' | 'symbol' | 'body';
  /** Content without quotes; words as written. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The tokens of SQL without blanks and comments. Nothing is refused: what is open at the end of the text ends there. */
export function sqlTokens(text: string, dialect: Dialect): readonly SqlToken[] {
  return sqlTokensAndComments(text, dialect).tokens;
}

/** The tokens, and what stands between the marks of each comment. */
export function sqlTokensAndComments(
  text: string,
  dialect: Dialect,
): { readonly tokens: readonly SqlToken[]; readonly comments: readonly string[] } {
  const tokens: SqlToken[] = [];
  const comments: string[] = [];
  const lexer = LEXERS[dialect];
  let base = 0;
  lexer.reset(text);
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    const start = base + token.offset;
    const end = start + token.text.length;
    const kind = KINDS[token.type ?? ''];
    if (kind !== undefined) tokens.push({ kind, value: token.value, start, end });
    else if (token.type === 'lineComment') comments.push(token.value);
    else if (token.type === 'dollarQuote' || token.type === 'commentStart') {
      const close = token.type === 'dollarQuote' ? text.indexOf(token.text, end) : commentEnd(text, end, dialect);
      const bodyEnd = close === -1 ? text.length : close;
      base = close === -1 ? text.length : close + token.text.length;
      lexer.reset(text.slice(base));
      if (token.type === 'commentStart') comments.push(text.slice(end, bodyEnd));
      else tokens.push({ kind: 'body', value: text.slice(end, bodyEnd), start: end, end: bodyEnd });
    }
  }
  return { tokens, comments };
}

/** Where a block comment closes, -1 where it does not; in two of the dialects they nest. */
function commentEnd(text: string, from: number, dialect: Dialect): number {
  if (dialect === 'mysql' || dialect === 'sqlite') return text.indexOf('*/', from);
  let depth = 1;
  for (let close = text.indexOf('*/', from), open = text.indexOf('/*', from), at = from; close !== -1; ) {
    depth += open !== -1 && open < close ? 1 : -1;
    if (depth === 0) return close;
    at = (open !== -1 && open < close ? open : close) + 2;
    close = text.indexOf('*/', at);
    open = text.indexOf('/*', at);
  }
  return -1;
}

const KINDS: Readonly<Record<string, SqlToken['kind']>> = {
  word: 'word',
  name: 'name',
  string: 'string',
  number: 'number',
  parameter: 'parameter',
  mark: 'symbol',
  operator: 'symbol',
  symbol: 'symbol',
};

const inQuotes = (text: string, from: number, quote: string) => {
  const content = text.slice(from + 1, text.length > from + 1 && text.endsWith(quote) ? -1 : undefined);
  return content.includes(quote) ? content.replaceAll(quote + quote, quote) : content;
};
const unquote = (quote: string) => (text: string) => inQuotes(text, 0, quote);
const unquoteString = (text: string) => inQuotes(text, text.indexOf("'"), "'");

/** The end of the text closes what is open: logs cut statements off. */
const END = '(?![\\s\\S])';
const quoted = (open: string, close: string, value: (text: string) => string): moo.Rule => ({
  match: new RegExp(`${open}[^${close}]*(?:${close}${close}[^${close}]*)*(?:${close}|${END})`),
  value,
});
const backslashed = (open: string, quote: string, value: (text: string) => string): moo.Rule => ({
  match: new RegExp(
    `${open}[^${quote}\\\\]*(?:(?:\\\\[\\s\\S]|${quote}${quote})[^${quote}\\\\]*)*(?:${quote}|\\\\?${END})`,
  ),
  value,
});

const DOUBLE_QUOTED = quoted('"', '"', unquote('"'));
const BACKTICKED = quoted('`', '`', unquote('`'));
const BRACKETED = quoted('\\[', '\\]', unquote(']'));
const PLAIN_STRING = quoted("(?:[nNxXbB]|[uU]&)?'", "'", unquoteString);
const E_STRING = backslashed("[eE]'", "'", unquoteString);
const MYSQL_STRING = backslashed("(?:[nNxXbB]|_[A-Za-z0-9]+)?'", "'", unquoteString);
const MYSQL_DOUBLE_QUOTED = backslashed('"', '"', unquote('"'));

const OPERATORS = '... :: := <=> <> <= >= != == || && ->> -> #>> #> @> <@ !~* !~ ~*'.split(' ');

const LEXERS: Readonly<Record<Dialect, moo.Lexer>> = {
  postgresql: lexer({
    rules: {
      name: DOUBLE_QUOTED,
      string: [E_STRING, PLAIN_STRING],
      parameter: /\$\d+/,
      dollarQuote: /\$(?:[A-Za-z_]\w*)?\$/,
    },
    word: /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/,
  }),
  mysql: lexer({
    rules: { name: BACKTICKED, string: [MYSQL_STRING, MYSQL_DOUBLE_QUOTED] },
    word: /[A-Za-z_@$\u0080-\uFFFF][\w@$\u0080-\uFFFF]*/,
    lineComment: /(?:--(?=\s|(?![\s\S]))|#)[^\n]*/,
  }),
  sqlite: lexer({
    rules: { name: [DOUBLE_QUOTED, BACKTICKED, BRACKETED], string: PLAIN_STRING, parameter: /\?\d+|[:@$]\w+/ },
    word: /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/,
  }),
  sqlserver: lexer({
    rules: { name: [DOUBLE_QUOTED, BRACKETED], string: PLAIN_STRING },
    word: /[A-Za-z_@#\u0080-\uFFFF][\w@#$\u0080-\uFFFF]*/,
  }),
};

interface DialectRules {
  readonly rules: moo.Rules;
  readonly word: RegExp;
  readonly lineComment?: RegExp;
}

function lexer({ rules, word, lineComment = /--[^\n]*/ }: DialectRules): moo.Lexer {
  return moo.compile({
    mark: [',', '(', ')', ';'],
    blank: /[ \t]+/,
    space: { match: /\s+/, lineBreaks: true },
    lineComment: { match: lineComment, value: (text) => text.replace(/^(?:--|#)/, '') },
    commentStart: '/*',
    ...rules,
    number: /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\w*/,
    word,
    operator: OPERATORS,
    symbol: { match: /[\s\S]/, lineBreaks: true },
  });
}
