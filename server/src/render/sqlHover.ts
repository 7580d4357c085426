import type { SentSql, SqlVariantView, SqlView, StatementView, UntoldSql } from '#shared/sqlView.ts';
import { plural } from './count.ts';
import { nameList } from './operationText.ts';
import { prettySql } from './prettySql.ts';
import { rowsText } from './rowsText.ts';
import { shortSql, withoutMiddle } from './shortSql.ts';
import { placeText } from './sqlText.ts';

/** The SQL of a query as Markdown: what is certain of its rows, the usual way as far as it stays readable, what differs and what was not followed. */
export async function sqlHover(sql: SqlView, links: readonly string[] = []): Promise<string> {
  if (!('variants' in sql)) return untoldText(sql);
  const [usual] = sql.variants;
  const head = [headText(sql), ...rowsText(usual.rows), links.join(' · ')].join(' ').trimEnd();
  const code = usual.statements.length === 0 ? '' : fenced(await codeOf(usual.statements, sql));
  const said = [variantsText(sql), notFollowedText(sql), ...sql.notes.map(sentenceOf)];
  const notes = said.filter((text) => text !== '');
  return [head, code, await batchedText(sql), notes.join(' ')].filter((text) => text !== '').join('\n\n');
}

async function batchedText(sql: SentSql): Promise<string> {
  if (!sql.batched || sql.batched.length === 0) return '';
  return `Asked for several times in one tick, as happens here, it is sent once for all:\n\n${fenced(
    await codeOf(sql.batched, sql),
  )}`;
}

/** A block that marks of the text itself do not end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([marks]) => marks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sql\n${text}\n${fence}`;
}

function untoldText({ reason, keys }: UntoldSql): string {
  const known = keys.length === 0 ? '' : ` Known of its arguments: ${nameList(keys, 8)}.`;
  return `The SQL cannot be told: ${reason}.${known}`;
}

/** What a note says before it explains itself. */
function sentenceOf(note: string): string {
  const [said = ''] = note.split(': ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

function headText({ kind, variants: [{ statements }] }: SentSql): string {
  if (statements.length === 0) return 'Sends nothing: the client answers by itself.';
  const count = `**${plural(statements.length, 'SQL statement')}**`;
  if (kind === 'raw') return `Sends ${count} as written.`;
  return `Sends ${kind === 'partial' ? 'at least ' : ''}${count}${togetherText(statements)}.`;
}

function togetherText(statements: readonly StatementView[]): string {
  return statements.length > 1 && statements.some(({ transaction }) => transaction) ? ' in one transaction' : '';
}

/** More lines than these are for the clipboard. */
const MAX_LINES = 40;
const MAX_LINES_EACH = 24;

async function codeOf(statements: readonly StatementView[], { dialect }: SentSql): Promise<string> {
  const texts = await Promise.all(statements.map(({ sql }) => prettySql(shortSql(sql), dialect)));
  const blocks: string[] = [];
  let left = MAX_LINES;
  for (const [at, text] of texts.entries()) {
    if (left <= 0) return [...blocks, `-- and ${plural(texts.length - at, 'more statement')}`].join('\n\n');
    const statement = statements[at];
    const block = [
      ...(statement ? placeText(statement) : []),
      `${withoutMiddle(text, Math.min(left, MAX_LINES_EACH))}`,
    ].join('\n');
    blocks.push(block);
    left -= block.split('\n').length;
  }
  return blocks.join('\n\n');
}

const MAX_VARIANTS = 3;

/** `Also: without `where.status`, reads every row.` */
function variantsText({ variants: [usual, ...others], furtherWays }: SentSql): string {
  if (others.length === 0) return '';
  const shown = others.slice(0, MAX_VARIANTS).map((variant) => variantText(variant, usual));
  const rest = others.length - shown.length + furtherWays;
  return `Also sent ${shown.join('; ')}${rest > 0 ? `; and in ${plural(rest, 'other way')}` : ''}.`;
}

function variantText({ differs, statements, rows }: SqlVariantView, usual: SqlVariantView): string {
  const count = statements.length === usual.statements.length ? '' : plural(statements.length, 'statement');
  const every = rows.some(({ kind }) => kind === 'every-row') && !usual.rows.some(({ kind }) => kind === 'every-row');
  const aside = [count, every ? 'reads every row' : ''].filter((text) => text !== '').join(', ');
  return `${differs.map(pathsAsCode).join(' and ')}${aside === '' ? '' : ` (${aside})`}`;
}

function notFollowedText({ notFollowed, assumed }: SentSql): string {
  const lost = notFollowed.length === 0 ? '' : `Not followed, may add to it: ${nameList(notFollowed)}.`;
  const put = assumed.length === 0 ? '' : `Assumed: ${assumed.map(pathsAsCode).join(', ')}.`;
  return [lost, put].filter((text) => text !== '').join(' ');
}

/** `without where.status`, `where as on line 8`, `as called in src/orders.ts:12`, `without AND "status" = ?` with what is code as code. */
function pathsAsCode(text: string): string {
  const [, lead = '', rest = ''] = /^((?:without|with|as called in) )?(.*)$/s.exec(text) ?? [];
  if (lead === 'as called in ') return lead + asCode(rest.slice(rest.lastIndexOf('/') + 1));
  if (lead !== '' && !PATHS.test(rest)) return lead + asCode(rest);
  const parts = rest.split(', ').map((part) => part.replace(PATH, asCode));
  return lead + parts.join(', ');
}

const PATH = /^[\w$.[\]…]+/;
const PATHS = /^[\w$.[\]…]+(?:, [\w$.[\]…]+)*$/;

function asCode(text: string): string {
  return `\`${text}\``;
}
