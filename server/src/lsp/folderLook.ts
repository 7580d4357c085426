import type { Snapshot } from '#analyzer/analyzer.ts';
import { plural } from '#render/count.ts';
import type { Answer } from './folder.ts';
import { type AnswerParts, folderAnswer } from './folderAnswer.ts';
import type { Logger } from './logger.ts';
import { runLogged } from './runSafe.ts';

/** What one look at a folder is made with. */
export interface Look extends Omit<AnswerParts, 'snapshot'> {
  readonly log: Logger;
  /** Given a provisional answer for the open documents, before the whole is known; null where the whole is quick. */
  readonly glimpsed: ((answer: Answer) => void) | null;
}

/** Looks at a folder as it is now: at the open documents first where somebody waits for a first answer, then at everything. */
export async function lookAtFolder({ log, glimpsed, ...parts }: Look, signal: AbortSignal): Promise<Answer> {
  const { analyzer, project } = parts.open;
  if (glimpsed && parts.versions.size > 0)
    await runLogged(log, 'a first look', async () => {
      const snapshot = await analyzer.firstLook([...parts.versions.keys()], signal);
      glimpsed(folderAnswer({ ...parts, snapshot }));
    });
  signal.throwIfAborted();
  const snapshot = await analyzer.snapshot(signal);
  signal.throwIfAborted();
  const answer = folderAnswer({ ...parts, snapshot });
  log.trace(`looked at ${project.root}: ${plural(answer.findings.length, 'finding')}`, phasesText(snapshot));
  return answer;
}

/** `schemas 3.1 ms, facts 12.0 ms`. */
function phasesText({ phases }: Snapshot): string {
  return Object.entries(phases)
    .map(([phase, ms]) => `${phase} ${ms.toFixed(1)} ms`)
    .join(', ');
}
