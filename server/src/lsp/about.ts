import { versionsOf } from '#analyzer/versions.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import { versionsText } from '#render/versionsText.ts';

/** The versions a bug report needs, of what the server really loads; import it late, it brings the parser. */
export async function aboutServer(version: string): Promise<string> {
  return versionsText(versionsOf(version, await loadSqlite()));
}
