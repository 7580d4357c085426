import { extractFacts } from '#syntax/extractFacts.ts';
import type { CallFact, FileFacts, FunctionFact } from '#syntax/facts.ts';
import type { Dialect } from '../sqlTokens.ts';
import { type Quote, type TableLine, tableLines } from './knexColumns.ts';
import type { PlacedScript } from './tableColumns.ts';

/** The SQL of what a migration of Knex does when it is run forwards, a script for each call; what it does not understand it leaves out. */
export function knexMigration(file: string, text: string, dialect: Dialect): readonly PlacedScript[] {
  const facts = extractFacts(file, text);
  const quote: Quote = dialect === 'mysql' ? (name) => `\`${name}\`` : (name) => `"${name}"`;
  const calls = facts.calls.filter((call) => isForwards(facts.functions, call.function));
  return calls
    .toSorted((a, b) => a.nameSpan.start - b.nameSpan.start)
    .flatMap((call) => {
      const sql = TEXTS.has(call.callee.path.at(-1) ?? '') ? textOf(text, call) : statements(facts, call, quote);
      return sql === '' ? [] : [{ file, text: sql, dialect, at: call.nameSpan }];
    });
}

/** It stands in what is exported as `up`. */
function isForwards(functions: readonly FunctionFact[], index: number): boolean {
  const fact = functions[index];
  return fact?.name === 'up' || (typeof fact?.parent === 'number' && isForwards(functions, fact.parent));
}

/** Methods that are handed SQL, of db-migrate too. */
const TEXTS: ReadonlySet<string> = new Set(['raw', 'runSql']);

/** As it is written: of a long text that begins with a comment, facts keep the beginning only. */
function textOf(source: string, { arguments: [sql] }: CallFact): string {
  return sql?.kind === 'literal' || sql?.kind === 'template' ? source.slice(sql.span.start + 1, sql.span.end - 1) : '';
}

function statements(facts: FileFacts, call: CallFact, quote: Quote): string {
  const [first, second] = call.arguments;
  const method = call.callee.path.at(-1) ?? '';
  if (first?.kind !== 'literal' || typeof first.value !== 'string') return '';
  const name = first.value;
  if (/^(?:createTable|alterTable|table)/.test(method) && second?.kind !== 'function') return '';
  const lines = second?.kind === 'function' ? tableLines(facts, second.function, quote) : [];
  switch (method) {
    case 'createTable':
    case 'createTableIfNotExists':
      return [`CREATE TABLE ${quote(name)} (${entriesOf(lines).join(', ')})`, ...indexes(name, lines, quote)].join(
        ';\n',
      );
    case 'alterTable':
    case 'table':
      return [...changes(name, lines, quote), ...indexes(name, lines, quote)].join(';\n');
    case 'dropTable':
    case 'dropTableIfExists':
      return `DROP TABLE ${quote(name)}`;
    case 'renameTable':
      return second?.kind === 'literal' ? `ALTER TABLE ${quote(name)} RENAME TO ${quote(`${second.value}`)}` : '';
    default:
      return '';
  }
}

function entriesOf(lines: readonly TableLine[]): readonly string[] {
  return lines.flatMap((line) => (line.kind === 'entry' ? [line.sql] : []));
}

function changes(table: string, lines: readonly TableLine[], quote: Quote): readonly string[] {
  return lines.flatMap((line) => {
    if (line.kind === 'entry') return [`ALTER TABLE ${quote(table)} ADD ${line.sql}`];
    return line.kind === 'dropColumn'
      ? line.columns.map((name) => `ALTER TABLE ${quote(table)} DROP COLUMN ${quote(name)}`)
      : [];
  });
}

/** With the names Knex gives them. */
function indexes(table: string, lines: readonly TableLine[], quote: Quote): readonly string[] {
  return lines.flatMap((line) => {
    if (line.kind !== 'index' || line.columns.length === 0) return [];
    const name = [table, ...line.columns, line.unique ? 'unique' : 'index'].join('_').toLowerCase();
    const columns = line.columns.map(quote).join(', ');
    return [`CREATE ${line.unique ? 'UNIQUE ' : ''}INDEX ${quote(name)} ON ${quote(table)} (${columns})`];
  });
}
