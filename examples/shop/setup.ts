import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { databaseFile } from './src/databaseFile.ts';

// Generates the client, makes the database from the migrations and fills it. Works without a network.
const keep = process.argv.includes('--if-missing');
const here = import.meta.dirname;

if (!keep || !existsSync(`${here}/src/generated/prisma/client.ts`)) generateClient();
if (!keep || !existsSync(databaseFile)) {
  await createDatabase();
  // Filling it says nothing about the shop.
  process.env.QUERYLENS = '0';
  const { seed } = await import('./prisma/seed.ts');
  await seed();
}

function generateClient(): void {
  // `generate` never calls the schema engine but insists on having one: naming any program spares the download.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, ...process.env };
  const prisma = fileURLToPath(import.meta.resolve('prisma/build/index.js'));
  const { status } = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
    cwd: here,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

async function createDatabase(): Promise<void> {
  rmSync(databaseFile, { force: true });
  const database = await new PrismaBetterSqlite3({ url: `file:${databaseFile}` }).connect();
  for (const name of readdirSync(`${here}/prisma/migrations`).sort()) {
    await database.executeScript(readFileSync(`${here}/prisma/migrations/${name}/migration.sql`, 'utf8'));
  }
  await database.dispose();
}
