import type { Sample } from '../sample.ts';
import { CONTEXT_OF_STATEMENTS, type LineReader, type Source, type SourceEvents } from '../source.ts';
import { apiSummaries } from './apiSummaries.ts';
import { indentedFields } from './indentedFields.ts';
import { parseObject } from './jsonLines.ts';
import { type Measured, measuredFields, writtenAt } from './slowFields.ts';
import { messageOf, printedObject, type SlowLine, slowLine, timeIn } from './slowLine.ts';
import type { SlowLinePattern } from './slowLinePatterns.ts';

/** What applications write themselves; `own` patterns of the project are tried first, and where it has some, any text may be such a log. */
export function applicationLines(own: readonly SlowLinePattern[]): Source {
  return {
    id: 'application',
    reads:
      'lines of an application about slow queries, as JSON of Winston and Pino or as text, and its api.*.duration metrics',
    matches: (head) => own.length > 0 || tellsSlow(head) || head.split('\n').some(isLogEntry),
    open: (told) => reader(told, own),
    context: CONTEXT_OF_STATEMENTS,
  };
}

/** Of a project that has no patterns of its own. */
export const applicationLog: Source = applicationLines([]);

function tellsSlow(head: string): boolean {
  let told = false;
  const tell = () => {
    told = true;
  };
  const lines = reader({ sample: tell, unreadable: tell }, []);
  for (const line of head.split(/\r?\n/)) lines.line(line);
  lines.end();
  return told;
}

/** Nothing may be slow at the beginning. */
function isLogEntry(line: string): boolean {
  const entry = line.startsWith('{') ? parseObject(line) : null;
  return (
    entry !== null && (('level' in entry && messageOf(entry) !== null) || 'jsonPayload' in entry || 'stream' in entry)
  );
}

/** Between a statement and its time stand parameters at most. */
const LINES_TO_TIME = 3;
const MOST_PRINTED_LINES = 200;

function reader({ sample, unreadable }: SourceEvents, own: readonly SlowLinePattern[]): LineReader {
  let waiting: { readonly sql: string; readonly lines: number } | null = null;
  let object: readonly string[] = [];
  const summaries = apiSummaries();
  const below = indentedFields();

  const take = (line: SlowLine, text: string): void => {
    if (line.kind === 'measured') sample(sampleOf(line.measured, line.at));
    else if (line.kind === 'statement') waiting = { sql: line.sql, lines: LINES_TO_TIME };
    else if (line.kind === 'object') object = [text];
    else if (line.kind === 'unreadable') below.begin(text);
    else if (line.kind === 'time' && waiting) {
      sample(sampleOf({ what: { sql: waiting.sql }, ms: line.ms }, line.at));
      waiting = null;
    }
  };
  const closeEntry = () => {
    const entry = below.close();
    const measured = entry && measuredFields(entry.fields);
    if (measured) sample(sampleOf(measured, timeIn(entry.text) ?? writtenAt(entry.fields)));
    else if (entry) unreadable(entry.text);
  };
  const closeObject = () => {
    const text = object.join('\n');
    object = [];
    if (text !== '') take(printedObject(text), text);
  };
  return {
    line: (raw) => {
      const text = withoutColours(raw);
      if (below.take(text)) return;
      closeEntry();
      for (const one of summaries.whole(text)) sample(one);
      if (summaries.take(text)) return;
      if (waiting) waiting = waiting.lines > 0 ? { ...waiting, lines: waiting.lines - 1 } : null;
      if (object.length === 0) return take(slowLine(text, own), text);
      object = [...object, text];
      if (/^\s*\}/.test(text) || object.length === MOST_PRINTED_LINES) closeObject();
    },
    rest: () => {
      closeEntry();
      for (const one of summaries.whole(null)) sample(one);
    },
    end: () => {
      waiting = null;
      closeObject();
      closeEntry();
      for (const one of summaries.whole(null)) sample(one);
    },
  };
}

function sampleOf({ what, ms }: Measured, at: number | null): Sample {
  if ('name' in what) return { kind: 'named', at, name: what.name, ms };
  return { kind: 'statement', at, sql: what.sql, ms, rows: null, rowsExamined: null, plan: null, database: null };
}

function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours begin with
  return text.includes('\x1b') ? text.replace(/\x1b\[[\d;]*m/g, '') : text;
}
