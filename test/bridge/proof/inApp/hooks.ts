import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What the application imports and what it gets instead: the same, watched by somebody who counts for himself. */
const WATCHED: ReadonlyMap<string, string> = new Map([
  ['@prisma/adapter-pg', 'adapterPg.ts'],
  ['@prisma/adapter-mariadb', 'adapterMariadb.ts'],
  ['@prisma/adapter-better-sqlite3', 'adapterSqlite.ts'],
]);

const GENERATED = /\/generated\/prisma\/client\.ts$/;

const sources = pathToFileURL(`${process.cwd()}/`).href;
const here = new URL('./', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => {
    const from = context.parentURL ?? '';
    if (!from.startsWith(sources) || from.includes('/generated/')) return next(specifier, context);
    const instead = WATCHED.get(specifier) ?? (GENERATED.test(specifier) ? 'client.ts' : null);
    return instead === null ? next(specifier, context) : next(here + instead, context);
  },
});
