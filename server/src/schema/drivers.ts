import type { Workspace } from '#workspace/workspace.ts';
import { dependencyNames } from './packageFiles.ts';
import type { Provider } from './schemaModel.ts';
import { basename, dirname } from './schemaPaths.ts';

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

/** A package of the project and the drivers it asks for. */
export interface AskingPackage {
  /** Its folder; the root is the empty string. */
  readonly folder: string;
  /** Sorted; what is only needed to develop does not count. */
  readonly drivers: readonly string[];
}

/** The packages whose manifests ask for a driver, the innermost first. */
export function packagesWithDrivers(workspace: Workspace): readonly AskingPackage[] {
  const manifests = workspace.files().filter((path) => basename(path) === 'package.json');
  const found = manifests.map((path) => {
    const drivers = dependencyNames(workspace.read(path) ?? '').filter(isDriver);
    return { folder: dirname(path), drivers: [...new Set(drivers)].sort() };
  });
  return found
    .filter(({ drivers }) => drivers.length > 0)
    .sort((a, b) => b.folder.length - a.folder.length || (a.folder < b.folder ? -1 : 1));
}

/** The database that drivers speak to; null where they speak to several, or only a query builder is known. */
export function providerOf(drivers: readonly string[]): Provider | null {
  const [only, ...others] = new Set(drivers.flatMap((name) => DRIVERS.get(name) ?? []));
  return others.length === 0 ? (only ?? null) : null;
}
