/**
 * How an application says in words that something took long. Named groups say what is where: `name` (of what was done) or `sql`, `time`
 * and `unit` (`ms` where it is missing); a pattern with `sql` and no `time` waits for the time in one of the next lines.
 */
export interface SlowLinePattern {
  /** As it looks, for a person. */
  readonly example: string;
  readonly pattern: RegExp;
}

const TIME = String.raw`(?<time>\d+(?:\.\d+)?) ?(?<unit>ms|milliseconds|µs|us|s|sec|seconds)?\b`;
const SQL = String.raw`(?<sql>(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|MERGE INTO|REPLACE INTO)\s[^\n]*?)`;
const SLOW = String.raw`\b(?:slow|long(?:[- ]running)?) (?:\w+ )?(?:query|operation|request|call|transaction|command|search|job)(?: detected)?`;

/** Tried in this order; the first that fits is taken. */
export const SLOW_LINE_PATTERNS: readonly SlowLinePattern[] = [
  { example: 'Slow query (1234ms): SELECT …', pattern: new RegExp(`${SLOW}[\\s:([-]*${TIME}[\\s)\\]:-]+${SQL}$`, 'i') },
  {
    example: 'SELECT … took 1234ms',
    pattern: new RegExp(`\\b${SQL}[\\s(\\[,;-]+(?:took|duration|in)?[ :=]*${TIME}[)\\]]?$`, 'i'),
  },
  {
    example: 'Slow query: Order.findMany took 1234ms',
    pattern: new RegExp(`${SLOW}\\s*[:-]\\s*(?<name>\\S.*?)\\s+took\\s+${TIME}`, 'i'),
  },
  {
    example: 'Slow query: Order.findMany (1234ms)',
    pattern: new RegExp(`${SLOW}\\s*[:-]\\s*(?<name>[^\\s({]+)\\s*[-(]\\s*${TIME}\\)?$`, 'i'),
  },
  {
    example: 'Order.findMany took 1234 ms',
    pattern: new RegExp(`(?:^|[\\s\\]])["'\`]?(?<name>[\\w$][\\w$.:/#-]*?)["'\`]?\\s+took:?\\s+${TIME}`, 'i'),
  },
  { example: 'Query: SELECT …', pattern: new RegExp(`\\bquery:\\s*${SQL}$`, 'i') },
  { example: 'Duration: 1234ms', pattern: new RegExp(`\\bduration:\\s*${TIME}`, 'i') },
];

/** Whether a line says of itself that it tells of something slow: then it should be understood. */
export const SAYS_SLOW = new RegExp(SLOW, 'i');
