import { type EvidenceParams, METHODS } from '#shared/protocol.ts';
import type { EvidenceGate } from '../evidence/evidenceGate.ts';
import type { Folder } from '../folder.ts';
import { runLogged } from '../runSafe.ts';
import type { ServerContext } from '../serverContext.ts';
import type { Collectors } from './collectors.ts';

/** Tells the client what is measured in each folder and what counts there, whenever it is something else. */
export function createEvidenceStatus(
  { connection, log }: Pick<ServerContext, 'connection' | 'log'>,
  gate: EvidenceGate,
  collectors: Pick<Collectors, 'state'>,
): { tell(folder: Folder): void; forget(uri: string): void } {
  const sent = new Map<string, string>();
  return {
    tell: (folder) => {
      const params: EvidenceParams = {
        folder: folder.uri,
        allowed: gate.allowed(),
        measured: folder.evidence.exists(),
        ...collectors.state(folder),
        logs: folder.settings.logs,
      };
      const text = JSON.stringify(params);
      if (sent.get(folder.uri) === text) return;
      sent.set(folder.uri, text);
      void runLogged(log, METHODS.evidence, () => connection.sendNotification(METHODS.evidence, params));
    },
    forget: (uri) => void sent.delete(uri),
  };
}
