import type { LineReader, Source, SourceEvents } from '../source.ts';
import { jsonLines, numberOf, pointInTime, textOf } from './jsonLines.ts';

/** What `prisma.$on('query', …)` is given, written down as it is; the parameters are not looked at. */
export const prismaEvents: Source = {
  id: 'prisma-events',
  reads: "Prisma's query events, one JSON object a line",
  matches: (head) =>
    head
      .split('\n')
      .some(
        (line) =>
          /^\{/.test(line) &&
          /"query":"/.test(line) &&
          /"duration":/.test(line) &&
          /"target":/.test(line) &&
          !/"level":/.test(line),
      ),
  open: (told) => reader(told),
};

function reader({ sample, unreadable }: SourceEvents): LineReader {
  return jsonLines((event, line) => {
    const [sql, ms] = [textOf(event.query), numberOf(event.duration)];
    if (sql === null || ms === null) unreadable(line);
    else {
      const at = pointInTime(event.timestamp);
      sample({ kind: 'statement', at, sql, ms, rows: null, rowsExamined: null, plan: null, database: null });
    }
  }, unreadable);
}
