import { PRISMA_VERSION } from '#schema/prismaWasm.ts';
import type { Versions } from '#shared/versions.ts';
import { TYPESCRIPT_VERSION } from '#syntax/typescriptVersion.ts';

/** Versions of everything that has a part in a finding; the caller knows its own and that of SQLite. */
export function versionsOf(querylens: string, sqlite: Versions['sqlite']): Versions {
  return {
    querylens,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    prisma: PRISMA_VERSION,
    typescript: TYPESCRIPT_VERSION,
    sqlite,
  };
}
