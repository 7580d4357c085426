import moo from 'moo';

/** How SQL is quoted and commented; CockroachDB reads like PostgreSQL. */
export type Dialect = 'postgresql' | 'mysql' | 'sqlite' | 'sqlserver';

/** `name` is a quoted identifier, `word` a bare one or a keyword, `body` the text between dollar quotes. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol' | 'body';
  /** Content without quotes; words as written. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The tokens of a script without blanks and comments; anything unexpected is a symbol of one character. */
export function sqlTokens(text: string, dialect: Dialect): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  const lexer = LEXERS[dialect];
  let base = 0;
  lexer.reset(text);
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    const start = base + token.offset;
    const end = start + token.text.length;
    if (token.type === 'dollarQuote') {
      const close = text.indexOf(token.text, end);
      const bodyEnd = close === -1 ? text.length : close;
      base = close === -1 ? text.length : close + token.text.length;
      lexer.reset(text.slice(base));
      tokens.push({ kind: 'body', value: text.slice(end, bodyEnd), start: end, end: bodyEnd });
    } else {
      const kind = KINDS[token.type ?? ''];
      if (kind !== undefined) tokens.push({ kind, value: token.value, start, end });
    }
  }
  return tokens;
}

const KINDS: Readonly<Record<string, SqlToken['kind']>> = {
  word: 'word',
  name: 'name',
  string: 'string',
  number: 'number',
  symbol: 'symbol',
};

const unquote = (quote: string) => (text: string) => text.slice(1, -1).replaceAll(quote + quote, quote);
const backslashed = (text: string) => text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'");

const DOUBLE_QUOTED: moo.Rule = { match: /"[^"]*(?:""[^"]*)*"/, lineBreaks: true, value: unquote('"') };
const BACKTICKED: moo.Rule = { match: /`[^`]*(?:``[^`]*)*`/, lineBreaks: true, value: unquote('`') };
const BRACKETED: moo.Rule = { match: /\[[^\]]*(?:\]\][^\]]*)*\]/, lineBreaks: true, value: unquote(']') };
const PLAIN_STRING: moo.Rule = { match: /[nN]?'[^']*(?:''[^']*)*'/, lineBreaks: true, value: backslashed };
const ESCAPED_STRING: moo.Rule = {
  match: /'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'/,
  lineBreaks: true,
  value: backslashed,
};
const E_STRING: moo.Rule = {
  match: /[eE]'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'/,
  lineBreaks: true,
  value: backslashed,
};
const MYSQL_DOUBLE_QUOTED: moo.Rule = {
  match: /"[^"\\]*(?:(?:\\[\s\S]|"")[^"\\]*)*"/,
  lineBreaks: true,
  value: unquote('"'),
};

const LEXERS: Readonly<Record<Dialect, moo.Lexer>> = {
  postgresql: lexer({ name: DOUBLE_QUOTED, string: [E_STRING, PLAIN_STRING], dollarQuote: /\$(?:[A-Za-z_]\w*)?\$/ }),
  mysql: lexer({ name: BACKTICKED, string: [ESCAPED_STRING, MYSQL_DOUBLE_QUOTED] }, /--[^\n]*|#[^\n]*/),
  sqlite: lexer({ name: [DOUBLE_QUOTED, BACKTICKED, BRACKETED], string: PLAIN_STRING }),
  sqlserver: lexer({ name: [DOUBLE_QUOTED, BRACKETED], string: PLAIN_STRING }),
};

/** Block comments are a state of their own because they nest. */
function lexer(quoting: moo.Rules, lineComment = /--[^\n]*/): moo.Lexer {
  return moo.states({
    main: {
      space: { match: /\s+/, lineBreaks: true },
      lineComment,
      commentStart: { match: '/*', push: 'comment' },
      ...quoting,
      number: /\d[\w.]*/,
      word: /[A-Za-z_@#\u0080-\uFFFF][\w@#$\u0080-\uFFFF]*/,
      symbol: { match: /[\s\S]/, lineBreaks: true },
    },
    comment: {
      nested: { match: '/*', push: 'comment' },
      commentEnd: { match: '*/', pop: 1 },
      commentText: { match: /[^*/]+|[*/]/, lineBreaks: true },
    },
  });
}
