import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { Database } from './database.ts';

export function openSqlite(): Database {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-sqlite-'));
  return {
    provider: 'sqlite',
    adapter: new PrismaBetterSqlite3({ url: `file:${join(folder, 'test.db')}` }),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
