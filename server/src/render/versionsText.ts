import type { Versions } from '#shared/versions.ts';

/** Versions as a person pastes them into a bug report, one a line. */
export function versionsText({ querylens, node, platform, prisma, typescript, sqlite }: Versions): string {
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['Querylens', querylens],
    ['Node', `${node} on ${platform}`],
    ['Prisma schema parser', prisma],
    ['TypeScript parser', typescript],
    ['SQLite', sqlite.kind === 'available' ? sqlite.version : `not available: ${sqlite.reason}`],
  ];
  return rows.map(([name, value]) => `${name}: ${value}\n`).join('');
}
