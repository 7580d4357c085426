import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LiveProvider } from '#test/sql/support/databases/database.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SHOP = join(ROOT, 'examples/shop');

/** Driver adapters by the database they are for: the class and its package. */
const ADAPTERS: Readonly<Record<Exclude<LiveProvider, 'sqlite'>, readonly [string, string, string]>> = {
  postgresql: ['PrismaPg', '@prisma/adapter-pg', '{ connectionString: databaseFile }'],
  mysql: ['PrismaMariaDb', '@prisma/adapter-mariadb', 'databaseFile'],
};

/** What a run has beside the shop's own, and where. */
const MORE = [
  ['more.ts', 'routes/more.ts'],
  ['withMore.ts', 'withMore.ts'],
] as const;

/** Copies the sources of the example shop, line for line, to a client of its own that is generated for another database. */
export function copyShop(folder: string, provider: LiveProvider): void {
  const own = (path: string) => !/[\\/](?:generated|node_modules|\.querylens)(?:[\\/]|$)|\.db(?:-\w+)?$/.test(path);
  for (const part of ['prisma', 'prisma.config.ts', 'src', 'package.json', 'tsconfig.json'])
    cpSync(join(SHOP, part), join(folder, part), { recursive: true, filter: own });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, to] of MORE) cpSync(join(import.meta.dirname, 'fixtures', file), join(folder, 'src', to));
  if (provider !== 'sqlite') moveTo(folder, provider);
  generate(folder);
}

function moveTo(folder: string, provider: Exclude<LiveProvider, 'sqlite'>): void {
  const [name, specifier, options] = ADAPTERS[provider];
  edit(join(folder, 'prisma/schema.prisma'), (schema) =>
    schema
      .replace('provider = "sqlite"', `provider = "${provider}"`)
      .replace(/description String$/m, provider === 'mysql' ? 'description String @db.Text' : '$&'),
  );
  // MySQL quotes names in another way, which raw SQL has to know.
  if (provider === 'mysql')
    edit(join(folder, 'src/routes/more.ts'), (code) =>
      code.replace(/(?<=Raw`)[^`]*/g, (sql) => sql.replaceAll(/"(\w+)"/g, '\\`$1\\`')),
    );
  for (const file of ['src/db.ts', 'src/services/orderCount.ts']) {
    edit(join(folder, file), (code) =>
      code
        .replaceAll('@prisma/adapter-better-sqlite3', specifier)
        .replace(/\{ url: `file:\$\{databaseFile\}` \}/, options)
        .replaceAll('PrismaBetterSqlite3', name),
    );
  }
}

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`nothing to change in ${basename(file)}`);
  writeFileSync(file, after);
}

function generate(folder: string): void {
  const prisma = join(ROOT, 'node_modules/prisma/build/index.js');
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`prisma generate failed\n${stdout}${stderr}`);
}
