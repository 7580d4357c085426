import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialect } from '../server/src/schema/sqlTokens.ts';
import { canonicalSql } from '../server/src/sql/canonical/canonicalSql.ts';

// Statements a second brought into canonical form, of real logs. To hold: 50,000.
const logs = JSON.parse(readFileSync(join(import.meta.dirname, '../test/sql/fixtures/logs.json'), 'utf8'));
const SECONDS = 2;

report('PostgreSQL log', logs.postgresqlLog, 'postgresql');
report('MariaDB slow log', logs.mariadbSlowLog, 'mysql');

function report(name: string, statements: readonly string[], dialect: Dialect): void {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < SECONDS * 1000) {
    for (const statement of statements) canonicalSql(statement, dialect);
    count += statements.length;
  }
  const seconds = (performance.now() - start) / 1000;
  const length = statements.reduce((sum, { length: one }) => sum + one, 0) / statements.length;
  console.log(`${name}: ${Math.round(count / seconds)} statements a second, ${Math.round(length)} characters each`);
}
