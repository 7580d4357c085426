import { type ExecuteCommandParams, ShowDocumentRequest } from 'vscode-languageserver/node';
import { acceptFindings } from '#analyzer/baseline.ts';
import { Failure } from '#analyzer/failure.ts';
import { plural } from '#render/count.ts';
import { SERVER_COMMANDS } from '#shared/protocol.ts';
import type { CollectorCommands, CommandAnswer } from './collectors/collectorCommands.ts';
import type { LiveFolder } from './liveFolder.ts';
import { baselinePath } from './openProject.ts';
import { runSafe } from './runSafe.ts';
import type { ServerContext } from './serverContext.ts';

/** What commands act on besides the server. */
export interface CommandMeans {
  readonly folders: () => readonly LiveFolder[];
  readonly version: string;
  readonly collect: CollectorCommands;
}

/** Installs the commands every client may run; each answers with a sentence on what it did, or null where there was nothing to do. */
export function registerCommands(server: ServerContext, { folders, version, collect }: CommandMeans): void {
  const named = (uri: unknown) => folders().find((folder) => uri === undefined || folder.uri === uri) ?? null;
  const run = async (
    { command, arguments: given = [] }: ExecuteCommandParams,
    signal: AbortSignal,
  ): Promise<CommandAnswer> => {
    const [first, second]: readonly unknown[] = given;
    if (command === SERVER_COMMANDS.scan) return scan(folders());
    if (command === SERVER_COMMANDS.openRulePage) return openPage(server, String(first));
    if (command === SERVER_COMMANDS.about) return (await import('./about.ts')).aboutServer(version);
    const folder = named(first);
    if (folder && command === SERVER_COMMANDS.createBaseline) return accept(server, folder, null);
    if (folder && command === SERVER_COMMANDS.addToBaseline) return accept(server, folder, String(second));
    return (folder && collect(command, folder, given.slice(1), signal)) ?? null;
  };
  server.connection.onExecuteCommand(runSafe(server.log, 'workspace/executeCommand', null, run));
}

function scan(folders: readonly LiveFolder[]): string {
  for (const folder of folders) folder.rescan();
  return `looking at ${plural(folders.length, 'folder')} anew`;
}

async function openPage(server: ServerContext, rule: string): Promise<string> {
  const uri = server.pageOf(rule);
  if (server.client.showsDocuments)
    await server.connection.sendRequest(ShowDocumentRequest.type, { uri, external: !uri.startsWith('file:') });
  return uri;
}

/** Writes findings into the baseline: the one with the id, or for null all there are. */
async function accept(server: ServerContext, folder: LiveFolder, id: string | null): Promise<string | null> {
  const { present } = await folder.answer();
  const accepted = present.filter((finding) => id === null || finding.id === id);
  if (id !== null && accepted.length === 0) return null;
  const name = folder.settings.baseline;
  try {
    acceptFindings(baselinePath(folder), name, accepted, ({ file }) => id !== null || !folder.answersFor(file));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    server.log.popup(error.message, error.message);
    return null;
  }
  folder.restate();
  return `${name}: ${plural(accepted.length, 'finding')} accepted`;
}
