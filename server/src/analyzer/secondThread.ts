import { Worker } from 'node:worker_threads';
import type { FileFacts } from '#syntax/facts.ts';
import { type PackedData, unpack } from './packedData.ts';
import type { SharedWork } from './sharedWork.ts';

/** A thread that takes facts beside the main one. */
export interface SecondThread {
  /** Facts of the files it took; none when it failed, which costs only time, because the main thread takes what is missing. */
  help(work: SharedWork): Promise<readonly FileFacts[]>;
  end(): void;
}

/** Keeps what one file leaves behind from piling up before it is collected. */
const YOUNG_GENERATION_MB = 24;

/** Starts at once, so that it has loaded the parser when there is work. */
export function startSecondThread(): SecondThread {
  const file = import.meta.url.endsWith('.ts') ? './factsWorker.ts' : './factsWorker.js';
  const worker = new Worker(new URL(file, import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  let failed = false;
  let answer: (facts: readonly FileFacts[]) => void = () => undefined;
  worker.on('message', (packed: PackedData) => answer(unpack(packed) as readonly FileFacts[]));
  worker.on('error', () => {
    failed = true;
    answer([]);
  });
  return {
    help: (work) =>
      new Promise((resolve) => {
        answer = resolve;
        if (failed) resolve([]);
        else worker.postMessage(work);
      }),
    end: () => void worker.terminate(),
  };
}
