import { SQL_BEGIN } from './sqlText.ts';

/** How an application says in words that something took long. */
export interface SlowLinePattern {
  /** As it looks, for a person. */
  readonly example: string;
  /** What stands where in a line; null where it does not fit. */
  groups(line: string): SlowLineGroups | null;
}

/** A `name` (of what was done) or `sql`, a `time` and its `unit`, milliseconds where it is missing; `sql` without a `time` waits for it in the next lines. */
export type SlowLineGroups = Readonly<Partial<Record<'name' | 'sql' | 'time' | 'unit', string | undefined>>>;

const UNIT = '(?<unit>ms|milliseconds|µs|us|s|sec|seconds)';
const TIME = String.raw`(?<time>\d+(?:\.\d+)?) ?${UNIT}?\b`;
const TIME_WITH_UNIT = String.raw`\b(?<time>\d+(?:\.\d+)?) ?${UNIT}\b`;
const SQL = String.raw`\b(?<sql>${SQL_BEGIN}[^\n]*?)`;
/** Values of a statement stand behind it and are left there. */
const PARAMETERS = String.raw`,?\s+param(?:eter)?s\b[^\n]*?`;
const SLOW = String.raw`\b(?:slow|long(?:[- ]running)?)[ _-](?:\w+ )?(?:query|operation|request|call|transaction|command|search|job)(?: detected)?`;

function pattern(example: string, source: string): SlowLinePattern {
  const expression = new RegExp(source, 'i');
  return { example, groups: (line) => expression.exec(line)?.groups ?? null };
}

/** Tried in this order; the first that fits is taken. */
export const SLOW_LINE_PATTERNS: readonly SlowLinePattern[] = [
  pattern('Query: SELECT …, Params: […], Duration: 12ms', `${SQL}${PARAMETERS}\\bduration[ :=]+${TIME}`),
  pattern('Slow query (1234ms): SELECT …', `${SLOW}[\\s:([-]*${TIME}[\\s)\\]:-]+${SQL}(?:${PARAMETERS})?$`),
  pattern('prisma:query 12ms - SELECT …', `${TIME_WITH_UNIT}[\\s)\\]:-]+${SQL}(?:${PARAMETERS})?$`),
  pattern('SELECT … took 1234ms', `${SQL}[\\s(\\[,;-]+(?:took|duration|in)?[ :=]*${TIME}[)\\]]?$`),
  pattern('Slow query: Order.findMany took 1234ms', `${SLOW}\\s*[:-]\\s*(?<name>\\S.*?)\\s+took\\s+${TIME}`),
  pattern('Slow query: Order.findMany (1234ms)', `${SLOW}\\s*[:-]\\s*(?<name>[^\\s({]+)\\s*[-(]\\s*${TIME}\\)?$`),
  pattern(
    'Order.findMany took 1234 ms',
    `(?:^|[\\s\\]])["'\`]?(?<name>[\\w$][\\w$.:/#-]*?)["'\`]?\\s+took:?\\s+${TIME}`,
  ),
  pattern('Query: SELECT …', `\\bquery:\\s*${SQL}(?:${PARAMETERS})?$`),
  pattern('Duration: 1234ms', `\\bduration:\\s*${TIME}`),
];

/** Whether a line says of itself that it tells of something slow: then it should be understood. */
export const SAYS_SLOW = new RegExp(SLOW, 'i');
