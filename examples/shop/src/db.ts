import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { querylensComments, withQuerylens } from '@querylens/probe';
import { databaseFile } from './databaseFile.ts';
import { PrismaClient } from './generated/prisma/client.ts';

const adapter = new PrismaBetterSqlite3({ url: `file:${databaseFile}` });

export const prisma = withQuerylens(new PrismaClient({ adapter, comments: [querylensComments()] }));
