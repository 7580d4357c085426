import type { Plugin } from 'esbuild';

/** What the native module is called in a bundle of {@link sqliteBeside}. */
export const SQLITE_FILE = 'sqlite.node';

/**
 * For a bundle without `node_modules`: better-sqlite3's code is taken in and its native part expected beside it, under one
 * name for every platform, so that only that file differs between them.
 */
export const sqliteBeside: Plugin = {
  name: 'sqlite-beside',
  setup(build) {
    // Any entry for a named platform does: they differ in the file they ask for, which is replaced here.
    build.onResolve({ filter: /^better-sqlite3$/ }, ({ importer, resolveDir, kind }) =>
      build.resolve('better-sqlite3/linux-x64', { importer, resolveDir, kind }),
    );
    build.onResolve({ filter: /\.node$/ }, () => ({ path: `./${SQLITE_FILE}`, external: true }));
  },
};
