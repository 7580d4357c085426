import type { Source } from './source.ts';
import { applicationLines, applicationLog } from './sources/applicationLines.ts';
import { mysqlSlowLog } from './sources/mysqlSlowLog.ts';
import { mysqlSlowTable } from './sources/mysqlSlowTable.ts';
import { otlp } from './sources/otlp.ts';
import { pgStatStatements } from './sources/pgStatStatements.ts';
import { postgresCsv } from './sources/postgresCsv.ts';
import { postgresJson } from './sources/postgresJson.ts';
import { postgresText } from './sources/postgresText.ts';
import { prismaEvents } from './sources/prismaEvents.ts';
import { probeLines } from './sources/probeLines.ts';
import { prometheus } from './sources/prometheus.ts';

/** All formats measurements come in, the ones that are told most surely first: a log may quote anything. */
export const SOURCES: readonly Source[] = [
  ...[probeLines, postgresCsv, postgresJson, otlp, mysqlSlowLog, postgresText],
  ...[prometheus, pgStatStatements, mysqlSlowTable, prismaEvents, applicationLog],
];

/** In characters: as much of a text as a format is told by. */
export const HEAD_CHARACTERS = 10_000;

/** The formats of a project, with its own patterns for lines of the application. */
export async function sourcesWith(logPatterns: readonly string[]): Promise<readonly Source[]> {
  if (logPatterns.length === 0) return SOURCES;
  const { ownPatterns } = await import('./sources/ownPatterns.ts');
  return [...SOURCES.filter((source) => source !== applicationLog), applicationLines(ownPatterns(logPatterns))];
}

/** The format of a text that begins so; null where it is none of them, such as a binary file. */
export function sourceOf(head: string, sources: readonly Source[] = SOURCES): Source | null {
  if (head.includes('\0')) return null;
  const begin = head.slice(0, HEAD_CHARACTERS);
  return sources.find((source) => source.matches(begin)) ?? null;
}

/** As `--format` names it; null for an unknown one. */
export function sourceById(id: string, sources: readonly Source[] = SOURCES): Source | null {
  return sources.find((source) => source.id === id) ?? null;
}
