import type { EvidenceGate } from '../evidence/evidenceGate.ts';
import type { Folder } from '../folder.ts';
import { runLogged } from '../runSafe.ts';
import type { ServerContext } from '../serverContext.ts';
import type { Program } from './collector.ts';
import { type CollectorCommands, createCollectorCommands, watch } from './collectorCommands.ts';
import { createCollectors } from './collectors.ts';
import { createEvidenceStatus } from './evidenceStatus.ts';

/** What counts beside the server, as the server deals with it. */
export interface Collecting {
  readonly command: CollectorCommands;
  /** A folder has an answer: its measurements may be others, and logs may be followed from the start. */
  answered(folder: Folder): void;
  /** The setting or the trust that allow measurements may be others. */
  allowanceChanged(): void;
  /** A folder, by its URI, is no longer the client's. */
  left(uri: string): void;
}

export function registerCollectors(server: ServerContext, gate: EvidenceGate, program: Program): Collecting {
  const { log } = server;
  const collectors = createCollectors({
    program,
    changed: (folder) => status.tell(folder),
    counted: (folder) => folder.lookAtEvidence(),
    warn: ({ project }, message) => log.popup(`${project.root} ${message}`, `Querylens: ${message}`),
  });
  const status = createEvidenceStatus(server, gate, collectors);
  const begun = new Set<string>();

  function watchFromStart(folder: Folder): void {
    if (begun.has(folder.uri) || !gate.allowed() || !server.settings().watch.onStart) return;
    begun.add(folder.uri);
    void runLogged(log, 'watching logs', async () => void (await watch(server, collectors, folder, [])));
  }

  server.connection.onShutdown(() => collectors.leaveAll());
  return {
    command: createCollectorCommands(server, gate, collectors),
    answered: (folder) => {
      status.tell(folder);
      watchFromStart(folder);
    },
    allowanceChanged: () => {
      if (!gate.allowed()) collectors.leaveAll();
      for (const folder of server.folders()) {
        folder.lookAtEvidence();
        if (folder.latest()) watchFromStart(folder);
        status.tell(folder);
      }
    },
    left: (uri) => {
      collectors.leave(uri);
      status.forget(uri);
      begun.delete(uri);
    },
  };
}
