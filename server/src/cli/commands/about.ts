import { versionsOf } from '#analyzer/versions.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import { versionsText } from '#render/versionsText.ts';

/** What a bug report needs to know, by a look at what really loads. */
export async function about(version: string): Promise<string> {
  return versionsText(versionsOf(version, await loadSqlite()));
}
