import type { Workspace } from '#workspace/workspace.ts';
import { dependencyNames } from './packageFiles.ts';
import type { Provider } from './schemaModel.ts';
import { basename } from './schemaPaths.ts';

/** Packages whose clients send SQL without Prisma, each with its database; null where that depends on how the client is made. */
const DRIVERS: ReadonlyMap<string, Provider | null> = new Map([
  ['knex', null],
  ['pg', 'postgresql'],
  ['mysql2', 'mysql'],
  ['better-sqlite3', 'sqlite'],
]);

/** Whether a package is one of the drivers and query builders whose calls are followed. */
export function isDriver(name: string): boolean {
  return DRIVERS.has(name);
}

/** The drivers that the manifests of a workspace ask for, sorted; what is only needed to develop does not count. */
export function driversOf(workspace: Workspace): readonly string[] {
  const manifests = workspace.files().filter((path) => basename(path) === 'package.json');
  const names = manifests.flatMap((path) => dependencyNames(workspace.read(path) ?? '').filter(isDriver));
  return [...new Set(names)].sort();
}

/** The database that drivers speak to; null where they speak to several, or only a query builder is known. */
export function providerOf(drivers: readonly string[]): Provider | null {
  const [only, ...others] = new Set(drivers.flatMap((name) => DRIVERS.get(name) ?? []));
  return others.length === 0 ? (only ?? null) : null;
}
