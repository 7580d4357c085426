import type { SentSql, SqlVariantView, SqlView, StatementView } from '#shared/sqlView.ts';
import { prettySql } from './prettySql.ts';
import { rowsText } from './rowsText.ts';

/** The statements of the usual way, one a line, exactly as they are sent; empty where the SQL cannot be told. */
export function sqlLines(sql: SqlView): string {
  return 'variants' in sql ? sql.variants[0].statements.map(lineOf).join('\n') : '';
}

/** All ways, one statement a line, with comments for what is not SQL. */
export function sqlListing(sql: SentSql): string {
  const ways = sql.variants.flatMap((way) => [
    ...wayText(way),
    ...way.statements.flatMap((each) => [...(each.conditional ? placeText(each) : []), lineOf(each)]),
  ]);
  return [...ways, ...closingText(sql)].map((line) => `${line}\n`).join('');
}

/** The same laid out for reading, under a heading. */
export async function sqlPage(name: string, sql: SqlView): Promise<string> {
  if (!('variants' in sql)) return `-- ${name}\n-- The SQL cannot be told: ${sql.reason}.\n`;
  const blocks = [[`-- ${name}`, ...closingText(sql)].join('\n')];
  for (const way of sql.variants) {
    const [head = '', ...others] = wayText(way);
    if (head !== '') blocks.push([head, ...others].join('\n'));
    for (const each of way.statements)
      blocks.push([...placeText(each), `${await prettySql(each.sql, sql.dialect)};`].join('\n'));
  }
  return `${[...blocks, ...(await batchedText(sql))].join('\n\n')}\n`;
}

async function batchedText({ batched, dialect }: SentSql): Promise<readonly string[]> {
  if (!batched) return [];
  const texts = await Promise.all(batched.map(async ({ sql }) => `${await prettySql(sql, dialect)};`));
  return ['-- sent once for all that are asked for in one tick', ...texts];
}

function wayText({ differs, statements }: SqlVariantView): readonly string[] {
  const nothing = statements.length === 0 ? ['-- sends nothing: the client answers by itself'] : [];
  return [...(differs.length === 0 ? [] : [`-- ${differs.join(', ')}`]), ...nothing];
}

/** What is to be known of a statement before it is read, as a comment. */
export function placeText({ child, conditional }: StatementView): readonly string[] {
  const words = [child ? 'for the rows above' : '', conditional ? 'not every time' : ''].filter((word) => word !== '');
  return words.length === 0 ? [] : [`-- ${words.join(', ')}`];
}

function closingText({ variants: [usual], furtherWays, notFollowed, assumed, notes }: SentSql): readonly string[] {
  return [
    ...(notFollowed.length === 0 ? [] : [`not followed, may add to it: ${notFollowed.join(', ')}`]),
    ...(assumed.length === 0 ? [] : [`assumed: ${assumed.join(', ')}`]),
    ...(furtherWays === 0 ? [] : [`ways not shown: ${furtherWays}`]),
    ...notes,
    ...rowsText(usual.rows).map((text) => text.replaceAll('`', '').replace(/\.$/, '')),
  ].map((text) => `-- ${text}`);
}

/** On one line where that does not change what it says. */
function lineOf({ sql }: StatementView): string {
  return /--|#|'[^']*\n/.test(sql) ? sql : sql.trim().replace(/\s*\n\s*/g, ' ');
}
