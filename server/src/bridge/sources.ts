import type { Source } from './source.ts';
import { applicationLog } from './sources/applicationLines.ts';
import { mysqlSlowLog } from './sources/mysqlSlowLog.ts';
import { mysqlSlowTable } from './sources/mysqlSlowTable.ts';
import { otlp } from './sources/otlp.ts';
import { pgStatStatements } from './sources/pgStatStatements.ts';
import { postgresCsv } from './sources/postgresCsv.ts';
import { postgresJson } from './sources/postgresJson.ts';
import { postgresText } from './sources/postgresText.ts';
import { prismaEvents } from './sources/prismaEvents.ts';
import { probeLines } from './sources/probeLines.ts';

/** All formats measurements come in, the ones that are told most surely first: a log may quote anything. */
export const SOURCES: readonly Source[] = [
  ...[probeLines, postgresCsv, postgresJson, otlp, mysqlSlowLog, postgresText],
  ...[pgStatStatements, mysqlSlowTable, prismaEvents, applicationLog],
];

/** In characters: as much of a text as a format is told by. */
export const HEAD_CHARACTERS = 10_000;

/** The format of a text that begins so; null where it is none of them, such as a binary file. */
export function sourceOf(head: string): Source | null {
  if (head.includes('\0')) return null;
  const begin = head.slice(0, HEAD_CHARACTERS);
  return SOURCES.find((source) => source.matches(begin)) ?? null;
}

/** As `--format` names it; null for an unknown one. */
export function sourceById(id: string): Source | null {
  return SOURCES.find((source) => source.id === id) ?? null;
}
