import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { databaseFile } from './databaseFile.ts';
import { PrismaClient } from './generated/prisma/client.ts';

export const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${databaseFile}` }) });
