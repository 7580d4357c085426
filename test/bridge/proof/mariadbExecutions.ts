import { readFileSync } from 'node:fs';
import { canonicalSql } from '#sql/canonical/canonicalSql.ts';
import { type LoggedExecution, placedBySession, type TrueExecution } from './executions.ts';
import type { Truth } from './truth.ts';

/** What a slow log of MariaDB says was executed, each with the call that sent it, in the same way as for PostgreSQL. */
export function trueMariadbExecutions(slowLog: string, truth: readonly Truth[]): readonly TrueExecution[] {
  // The log has values where the application has question marks.
  return placedBySession(loggedExecutions(slowLog), truth, (sql) => canonicalSql(sql, 'mysql').text);
}

const ENTRY =
  /^# Thread_id: (?<session>\d+) [\s\S]*?^# Query_time: (?<seconds>[\d.]+) [\s\S]*?^SET timestamp=(?<at>\d+);\n(?<sql>[\s\S]*?);\n(?=# |$)/gm;

/** What the driver says by itself when it connects, and what is no statement. */
const DRIVER = /^(?:SET NAMES|SET CHARACTER|set @@|# administrator command)/i;

function loggedExecutions(slowLog: string): readonly LoggedExecution[] {
  return [...readFileSync(slowLog, 'utf8').matchAll(ENTRY)].flatMap(({ groups }) => {
    const { session = '', seconds = '', at = '', sql = '' } = groups ?? {};
    return DRIVER.test(sql) ? [] : { session, sql, at: Number(at) * 1000, ms: Number(seconds) * 1000 };
  });
}
