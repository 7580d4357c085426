import { execFile } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROGRAM } from './lspClient.ts';
import { CLIENT, LOOP, projectFolder, SMALL_SCHEMA } from './projectFolder.ts';

/** The call of {@link LOOP}, and in another file one that nothing is measured of. */
const FILES = {
  'prisma/schema.prisma': SMALL_SCHEMA,
  'src/db.ts': CLIENT,
  'src/titles.ts': LOOP,
  'src/users.ts': `import { prisma } from './db';

export const users = () => prisma.user.findMany({ take: 5 });
`,
};

/** A project with a call whose executions {@link logged} writes into a log. */
export function measuredProject(
  context: { after(hook: () => void): void },
  more: Readonly<Record<string, string>> = {},
): string {
  const folder = projectFolder(context, { ...FILES, ...more });
  writeFileSync(join(folder, 'postgres.log'), '');
  return folder;
}

const SQL =
  'SELECT "public"."Post"."id", "public"."Post"."title", "public"."Post"."authorId" FROM "public"."Post" WHERE "public"."Post"."authorId" = $1 ORDER BY "public"."Post"."id" ASC LIMIT $2 OFFSET $3';
const UNKNOWN = 'SELECT "public"."Post"."title" FROM "public"."Post" WHERE "public"."Post"."title" = $1';

/** Appends executions to the project's log as PostgreSQL writes them: of the call in `src/titles.ts`, or of none. */
export function logged(folder: string, ms: readonly number[], whose: 'titles' | 'nobody' = 'titles'): void {
  const at = new Date().toISOString().replace('T', ' ').replace('Z', ' UTC');
  const sql = whose === 'titles' ? SQL : UNKNOWN;
  const lines = ms.map((each) => `${at} [1] LOG:  duration: ${each.toFixed(3)} ms  execute s0: ${sql}\n`);
  appendFileSync(join(folder, 'postgres.log'), lines.join(''));
}

/** Counts the project's log in a process of its own. */
export async function ingested(folder: string, log = 'postgres.log'): Promise<void> {
  await promisify(execFile)(process.execPath, [PROGRAM, 'ingest', log], { cwd: folder });
}

/** Appends to a log what the probe writes of requests of `GET /titles`, each of which makes the call in `src/titles.ts` so often. */
export function probed(folder: string, requests: readonly number[]): void {
  const at = Date.now();
  const place = { file: 'src/titles.ts', line: 6, column: 35, model: 'Post', operation: 'findFirst' };
  const lines = requests.flatMap((calls, request) =>
    Array.from({ length: calls }, () =>
      JSON.stringify({ v: 1, at, ms: 3, ...place, request: `request-${request}`, route: 'GET /titles' }),
    ),
  );
  appendFileSync(join(folder, 'probe.ndjson'), `${lines.join('\n')}\n`);
}
