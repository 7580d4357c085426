import { readFileSync } from 'node:fs';
import { canonicalSql } from '#sql/canonical/canonicalSql.ts';
import type { TrueExecution } from './executions.ts';
import type { TrueStatement, Truth } from './truth.ts';

/** What a slow log of MariaDB says was executed, each with the call that sent it, in the same way as for PostgreSQL. */
export function trueMariadbExecutions(slowLog: string, truth: readonly Truth[]): readonly TrueExecution[] {
  const logged = Map.groupBy(loggedExecutions(slowLog), ({ session }) => session);
  const sent = Map.groupBy(
    truth.filter((each): each is TrueStatement => each.kind === 'statement'),
    ({ session }) => session,
  );
  return [...sent].flatMap(([session, statements]) => {
    const executions = logged.get(session) ?? [];
    if (executions.length !== statements.length)
      throw new Error(`connection ${session}: ${statements.length} sent, ${executions.length} logged`);
    return executions.map((execution, at) => {
      const { sql, site } = statements[at] as TrueStatement;
      // The log has values where the application has question marks.
      if (canonical(sql) !== canonical(execution.sql))
        throw new Error(`connection ${session}: sent ${sql}\nlogged ${execution.sql}`);
      return { ...execution, site };
    });
  });
}

const ENTRY =
  /^# Thread_id: (?<session>\d+) [\s\S]*?^# Query_time: (?<seconds>[\d.]+) [\s\S]*?^SET timestamp=(?<at>\d+);\n(?<sql>[\s\S]*?);\n(?=# |$)/gm;

/** What the driver says by itself when it connects, and what is no statement. */
const DRIVER = /^(?:SET NAMES|SET CHARACTER|set @@|# administrator command)/i;

function loggedExecutions(slowLog: string): readonly Omit<TrueExecution, 'site'>[] {
  return [...readFileSync(slowLog, 'utf8').matchAll(ENTRY)].flatMap(({ groups }) => {
    const { session = '', seconds = '', at = '', sql = '' } = groups ?? {};
    return DRIVER.test(sql) ? [] : { session, sql, at: Number(at) * 1000, ms: Number(seconds) * 1000 };
  });
}

function canonical(sql: string): string {
  return canonicalSql(sql, 'mysql').text;
}
