import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mysqlSlowLog } from '#bridge/sources/mysqlSlowLog.ts';
import { mysqlSlowTable } from '#bridge/sources/mysqlSlowTable.ts';
import { fixture } from './support/fixture.ts';
import { check, read } from './support/read.ts';

const HEAD = `# User@Host: app[app] @ localhost []  Id:     9
# Query_time: 1.500000  Lock_time: 0.000000 Rows_sent: 3  Rows_examined: 1200
`;

describe('the slow log of MySQL and MariaDB', () => {
  test('is read as MariaDB writes it', () => {
    const { samples, unreadable } = read(mysqlSlowLog, fixture('mariadbSlow.log'));
    assert.deepEqual(unreadable, []);
    assert.equal(samples.length, 8);
    const [, , third] = samples;
    assert.deepEqual(
      third?.kind === 'statement' && { ...third, sql: third.sql.slice(0, 34), plan: third.plan?.split('\n')[1] },
      {
        kind: 'statement',
        at: 1795220779000,
        sql: 'SELECT `users`.`id`, `users`.`emai',
        ms: 0.348,
        rows: 3,
        rowsExamined: 3,
        plan: '1\tSIMPLE\tusers\tref\tusers_role_created_at_idx\tusers_role_created_at_idx\t193\tconst\t3\t3.00\t100.00\t100.00\tUsing index condition; Using where',
        database: 'p7',
        session: '9',
      },
    );
  });

  test('is read as MySQL writes it, with databases that are said once', () =>
    check(
      mysqlSlowLog,
      `/usr/sbin/mysqld, Version: 8.0.40 (MySQL Community Server - GPL). started with:
Tcp port: 3306  Unix socket: /var/run/mysqld/mysqld.sock
Time                 Id Command    Argument
# Time: 2026-11-21T00:26:19.994316Z
${HEAD}use shop;
SET timestamp=1795220779;
SELECT *
# newest first
FROM orders;
# Time: 2026-11-21T00:26:20.994316Z
${HEAD}SET insert_id=7,timestamp=1795220780;
INSERT INTO orders VALUES ('a;');
# Time: 2026-11-21T00:26:21.000000Z
${HEAD}# administrator command: Prepare;
# Time: 261121  0:26:22
${HEAD}SELECT 3;
${HEAD}SELECT 4;`,
      [
        {
          sql: 'SELECT *\n# newest first\nFROM orders',
          ms: 1500,
          rows: 3,
          rowsExamined: 1200,
          database: 'shop',
          at: 1795220779000,
          session: '9',
        },
        { sql: "INSERT INTO orders VALUES ('a;')", database: 'shop', at: 1795220780000 },
        { sql: 'SELECT 3', at: Date.UTC(2026, 10, 21, 0, 26, 22) },
        { sql: 'SELECT 4', at: Date.UTC(2026, 10, 21, 0, 26, 22) },
      ],
    ));

  test('goes on when the server starts anew', () =>
    check(
      mysqlSlowLog,
      `${HEAD}SELECT 1;
/usr/sbin/mariadbd, Version: 11.4.2-MariaDB-log (MariaDB Server). started with:
Tcp port: 3306  Unix socket: /run/mysqld/mysqld.sock
Time		    Id Command	Argument
${HEAD}SELECT 2;`,
      [{ sql: 'SELECT 1' }, { sql: 'SELECT 2' }],
    ));

  test('may leave out who asked, and begin with a command', () =>
    check(
      mysqlSlowLog,
      `# administrator command: Quit;
D:\\MySQL\\MySQL Server 8.4\\bin\\mysqld, Version: 8.4.0 (MySQL Community Server - GPL). started with:
TCP Port: 3306, Named Pipe: MySQL
Time                 Id Command    Argument
# Query_time: 1.500000  Lock_time: 0.000000  Rows_sent: 3  Rows_examined: 1200
SELECT 1;
# Query_time: 1.500000  Lock_time: 0.000000  Rows_sent: 3  Rows_examined: 1200
SELECT 2;`,
      [{ sql: 'SELECT 1' }, { sql: 'SELECT 2' }],
    ));

  test('says what was cut off at the beginning and at the end', () => {
    const { samples, unreadable } = read(mysqlSlowLog, `FROM orders;\n${HEAD}SELECT 1;\n${HEAD}SELECT 2 FROM`);
    assert.deepEqual([samples.length, unreadable.length], [1, 2]);
    assert.equal(read(mysqlSlowLog, '# User@Host: app[app] @ localhost []').unreadable.length, 1);
  });

  test('is told from other logs by its head', () => {
    assert.equal(mysqlSlowLog.matches(HEAD), true);
    assert.equal(mysqlSlowLog.matches('[7] LOG:  duration: 1.000 ms  statement: SELECT 1'), false);
  });
});

describe('an export of mysql.slow_log', () => {
  const row = {
    sql: "SELECT 'a'\nFROM b",
    ms: 61_500,
    rows: 3,
    rowsExamined: 12,
    database: 'shop',
    at: Date.UTC(2026, 10, 21, 0, 26, 19, 994),
  };

  test('is read as the client prints it', () => {
    const text = fixture('mariadbSlowTable.txt');
    assert.equal(mysqlSlowTable.matches(text), true);
    const { samples, unreadable } = read(mysqlSlowTable, text);
    assert.deepEqual(unreadable, []);
    assert.deepEqual(
      samples.map(
        (sample) =>
          sample.kind === 'statement' && [sample.ms, sample.rowsExamined, sample.database, sample.sql.slice(-3)],
      ),
      [
        [0.348, 3, 'p7', "'*/"],
        [0.115, 12, 'p7', "'*/"],
      ],
    );
  });

  test('may have statements of several lines, between rows', () =>
    check(
      mysqlSlowTable,
      `*************************** 1. row ***************************
   start_time: 2026-11-21 00:26:19.994316
   query_time: 00:01:01.500000
    rows_sent: 3
rows_examined: 12
           db: shop
     sql_text: SELECT 'a'
FROM b
    thread_id: 9
1 row in set (0.00 sec)
`,
      [row],
    ));

  test('may be JSON, CSV or text with tabs', () => {
    const columns = ['start_time', 'query_time', 'rows_sent', 'rows_examined', 'db', 'sql_text'];
    const values = ['2026-11-21 00:26:19.994316', '00:01:01.500000', '3', '12', 'shop', "SELECT 'a'\nFROM b"];
    check(
      mysqlSlowTable,
      JSON.stringify([Object.fromEntries(columns.map((name, index) => [name, values[index]]))], null, 2),
      [row],
    );
    check(mysqlSlowTable, `${columns}\n${values.map((value) => `"${value}"`)}\n`, [row]);
    check(mysqlSlowTable, `${columns.join('\t')}\n${values.map((value) => value.replace('\n', '\\n')).join('\t')}\n`, [
      row,
    ]);
  });

  test('says which rows are nothing', () => {
    const { samples, unreadable } = read(mysqlSlowTable, 'query_time,sql_text\nlong,SELECT 1\n00:00:01,\n');
    assert.deepEqual([samples.length, unreadable.length], [0, 2]);
  });
});
