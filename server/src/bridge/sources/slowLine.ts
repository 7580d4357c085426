import { isObject, type JsonObject } from '#shared/jsonObject.ts';
import { inspectedFields } from './inspectedFields.ts';
import { parseObject, textOf } from './jsonLines.ts';
import { inMilliseconds, type Measured, measuredFields, writtenAt } from './slowFields.ts';
import { SAYS_SLOW, SLOW_LINE_PATTERNS, type SlowLineGroups, type SlowLinePattern } from './slowLinePatterns.ts';
import { isSql } from './sqlText.ts';

/** What one line of an application says. */
export type SlowLine =
  | { readonly kind: 'measured'; readonly measured: Measured; readonly at: number | null }
  /** A statement whose time comes in one of the next lines, and that time. */
  | { readonly kind: 'statement'; readonly sql: string }
  | { readonly kind: 'time'; readonly ms: number; readonly at: number | null }
  /** The first line of an object that `console` prints over several. */
  | { readonly kind: 'object' }
  /** It says that something was slow, and not what, or how long. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'nothing' };

/** Reads one line, JSON or words, without colours; `own` patterns of the project go before all that is known. */
export function slowLine(text: string, own: readonly SlowLinePattern[]): SlowLine {
  if (/^\{\s*$/.test(text)) return { kind: 'object' };
  const entry = text.startsWith('{');
  const words = text.slice(0, MOST_CHARACTERS);
  const groups = groupsOf(words, own);
  if (groups) return ofGroups(groups, timeIn(words) ?? (entry ? writtenAt(parseObject(text) ?? {}) : null));
  return entry ? ofEntry(text, own) : ofWords(words);
}

/** An entry of which `console` printed an object, all its lines; or an object of JSON, laid out. */
export function printedObject(text: string): SlowLine {
  const begin = text.search(/\{(?=\s)/);
  const slow = SAYS_SLOW.test(text.slice(0, begin + 1));
  const fields = parseObject(text) ?? (begin < 0 ? null : inspectedFields(text.slice(begin)));
  return measuredOr({ kind: slow ? 'unreadable' : 'nothing' }, fields && told(fields, slow), () => timeIn(text));
}

/** The words of an entry in JSON; null where it has none. */
export function messageOf({ message, msg }: JsonObject): string | null {
  return textOf(message) ?? textOf(msg) ?? (isObject(message) ? textOf(message.message) : null);
}

/** Words before an object that may be a query's event, or tell of something slow. */
const MAY_PRINT = /query|queries|slow|long|prisma/i;
/** Patterns search long lines slowly, and people write no such lines. */
const MOST_CHARACTERS = 16_384;

function ofEntry(text: string, own: readonly SlowLinePattern[]): SlowLine {
  const entry = parseObject(text);
  if (entry === null) return SAYS_SLOW.test(text) ? { kind: 'unreadable' } : { kind: 'nothing' };
  const carried = carriedBy(entry);
  if (carried !== null) return atLeastAt(slowLine(carried, own), writtenAt(entry));
  const message = (messageOf(entry) ?? '').slice(0, MOST_CHARACTERS);
  const slow = SAYS_SLOW.test(message);
  const groups = groupsOf(message, own);
  if (groups) return ofGroups(groups, writtenAt(entry));
  return measuredOr(fitted(message, writtenAt(entry), slow), told(entry, slow), () => writtenAt(entry));
}

/** The line of the application within one of a container's or a cloud's log. */
function carriedBy(entry: JsonObject): string | null {
  const { log, textPayload, jsonPayload } = entry;
  return (
    (textOf(log) ?? textOf(textPayload))?.trimEnd() ?? (isObject(jsonPayload) ? JSON.stringify(jsonPayload) : null)
  );
}

function atLeastAt(line: SlowLine, at: number | null): SlowLine {
  return line.kind === 'measured' || line.kind === 'time' ? { ...line, at: line.at ?? at } : line;
}

function ofWords(text: string): SlowLine {
  const slow = SAYS_SLOW.test(text);
  const fields = parseObject(/\s(\{".*\})\s*$/s.exec(text)?.[1] ?? '');
  const measured = fields && told(fields, slow);
  if (fields && measured) return { kind: 'measured', measured, at: timeIn(text) ?? writtenAt(fields) };
  if (MAY_PRINT.test(text) && /\{\s*$/.test(text)) return { kind: 'object' };
  if (MAY_PRINT.test(text) && /\{ .*\}\s*$/.test(text)) return printedObject(text);
  return fitted(text, timeIn(text), slow);
}

/** Fields that tell of something slow: SQL and a time do by themselves, a name and a time only where the words say so. */
function told(fields: JsonObject, slow: boolean): Measured | null {
  const measured = measuredFields(fields);
  return measured && (slow || 'sql' in measured.what) ? measured : null;
}

function measuredOr(other: SlowLine, measured: Measured | null, at: () => number | null): SlowLine {
  return measured ? { kind: 'measured', measured, at: at() } : other;
}

function fitted(text: string, at: number | null, slow: boolean): SlowLine {
  const groups = groupsOf(text, SLOW_LINE_PATTERNS);
  return groups ? ofGroups(groups, at) : { kind: slow ? 'unreadable' : 'nothing' };
}

function groupsOf(text: string, patterns: readonly SlowLinePattern[]): SlowLineGroups | null {
  for (const pattern of patterns) {
    const groups = pattern.groups(text);
    if (groups) return groups;
  }
  return null;
}

function ofGroups({ name, sql, time, unit }: SlowLineGroups, at: number | null): SlowLine {
  const what = sql === undefined ? named(name) : { sql };
  if (time === undefined) return what && 'sql' in what ? { kind: 'statement', sql: what.sql } : { kind: 'nothing' };
  const ms = inMilliseconds(Number(time), unit);
  return what ? { kind: 'measured', measured: { what, ms }, at } : { kind: 'time', ms, at };
}

function named(name: string | undefined): Measured['what'] | null {
  const bare = name?.replace(/^["'`]|["'`]$/g, '');
  if (bare === undefined) return null;
  return isSql(bare) ? { sql: bare } : { name: bare };
}

const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/;

/** When a line was written, as it says itself, in milliseconds since 1970; a time without a zone is taken for UTC. */
export function timeIn(text: string): number | null {
  const written = TIME.exec(text)?.[0].replace(' ', 'T').replace(',', '.');
  if (written === undefined) return null;
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(written.slice(10)) ? written : `${written}Z`);
  return Number.isNaN(at) ? null : at;
}
