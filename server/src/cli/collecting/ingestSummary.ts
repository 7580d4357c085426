import type { IngestCounts } from '#bridge/ingest/countSamples.ts';
import type { Ingested } from '#bridge/ingest/ingestText.ts';
import type { Broken } from '#bridge/ingest/textReading.ts';

/** What one log gave. */
export interface LogSummary {
  readonly name: string;
  /** Which format it was read as, null where it is not known. */
  readonly format: string | null;
  readonly outcome: Exclude<Ingested, Broken>;
}

/** What was read and what became of it, as the command prints it. */
export function ingestSummary(logs: readonly LogSummary[], counts: IngestCounts, seconds: number): string {
  const { executions, matched, control, unreadable, lost, misdated, metrics } = counts;
  const rate = seconds > 0 ? `, ${number(executions / seconds)} a second` : '';
  return [
    ...logs.map(({ name, format, outcome }) => `${name}: ${OUTCOMES[outcome]}${format ? ` (${format})` : ''}`),
    `${number(executions)} ${executions === 1 ? 'execution' : 'executions'} counted in ${seconds.toFixed(1)} s${rate}`,
    ...LEVELS.map(([level, meaning]) => row(level, matched[level], executions, meaning)),
    ...(metrics > 0 ? [`  ${number(metrics)} metrics of routes, caches and errors were kept`] : []),
    ...(isForeign(counts)
      ? [`  none of these is known to be sent by the project: is it the log of another database?`]
      : []),
    ...databaseLines(counts),
    ...(control > 0 ? [`  ${number(control)} statements such as COMMIT belong to no query`] : []),
    ...(lost > 0 ? [`  ${number(lost)} calls are missing: the probe could not deliver them`] : []),
    ...(misdated > 0
      ? [`  ${number(misdated)} are dated in the future, by a clock that is wrong, and count as of the one before`]
      : []),
    ...(unreadable > 0 ? [`  ${number(unreadable)} ${unreadable === 1 ? 'line' : 'lines'} could not be read`] : []),
    '',
  ].join('\n');
}

/** One log may hold what several databases were asked: what is none of the project's should be left out of it. */
function databaseLines({ databases }: IngestCounts): readonly string[] {
  if (databases.size < 2) return [];
  const sorted = [...databases].sort(([a, x], [b, y]) => y.known - x.known || (a < b ? -1 : 1));
  const each = sorted.map(([name, { executions, known }]) => `${name} ${number(known)} of ${number(executions)}`);
  return [`  known calls by database: ${each.join(', ')}; if one is not this project's, leave it out of the log`];
}

/** Statements several calls may have sent, the most frequent first, with those calls. */
export function undecidedListing(undecided: IngestCounts['undecided']): string {
  if (undecided.size === 0) return '';
  const sorted = [...undecided].sort(([a, x], [b, y]) => y.executions - x.executions || (a < b ? -1 : 1));
  const lines = sorted
    .slice(0, MOST_LISTED)
    .flatMap(([text, { executions, candidates }]) => [
      `  ${number(executions)} × ${shortened(text)}`,
      `    may be of ${candidates.join(', ')}`,
    ]);
  const more = Math.max(0, sorted.length - MOST_LISTED);
  return ['of several calls:', ...lines, ...(more > 0 ? [`  and ${number(more)} more`] : []), ''].join('\n');
}

/** Empty where nothing was dropped. */
export function retentionLine(dropped: number): string {
  return dropped > 0 ? `  ${number(dropped)} older executions were dropped: 14 days and 256 MB are kept\n` : '';
}

const LEVELS: readonly (readonly [keyof IngestCounts['matched'], string])[] = [
  ['exact', 'the application said which call it was'],
  ['shape', 'exactly one call sends this SQL'],
  ['label', 'a name in the log is the label of one call'],
  ['model', 'only model and operation are known'],
  ['ambiguous', 'several calls send this SQL'],
  ['unmatched', 'no call of the project is known to send this'],
];

/** Fewer may be by chance. */
const FEWEST_FOREIGN = 10;

function isForeign({ executions, matched }: IngestCounts): boolean {
  return executions >= FEWEST_FOREIGN && matched.unmatched === executions;
}

/** The shapes nothing is known of, the most frequent first; `of` says whose they are. */
export function unmatchedListing(unmatched: ReadonlyMap<string, number>, of = ''): string {
  if (unmatched.size === 0) return '';
  const sorted = [...unmatched].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const lines = sorted.slice(0, MOST_LISTED).map(([text, count]) => `  ${number(count)} × ${shortened(text)}`);
  const more = sorted.length - lines.length;
  return [`unmatched${of}:`, ...lines, ...(more > 0 ? [`  and ${number(more)} more`] : []), ''].join('\n');
}

const OUTCOMES: Readonly<Record<LogSummary['outcome'], string>> = {
  counted: 'read',
  known: 'nothing new, it was counted before',
  nothing: 'no execution is in it',
  empty: 'empty',
  'unknown-format': 'its format is not known; name it with --format',
};

const MOST_LISTED = 100;
const LONGEST_SHOWN = 300;

function row(level: string, count: number, all: number, meaning: string): string {
  const share = all > 0 ? `${Math.round((100 * count) / all)} %` : '';
  return `  ${level.padEnd(10)} ${number(count).padStart(12)} ${share.padStart(6)}  ${meaning}`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function shortened(shape: string): string {
  const text = shape.replace(/^select .{40,}? from /, 'select … from ');
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)} …`;
}
