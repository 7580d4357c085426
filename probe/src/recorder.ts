import { openQueue, type Queue } from './queue.ts';
import type { RunningCall } from './runningCall.ts';
import { sampleWriter } from './sampleText.ts';
import type { Scope } from './scope.ts';
import type { ProbeSettings } from './settings.ts';
import { openSink } from './sinks/openSink.ts';

/** Decides which calls are looked at, and passes on what was seen of them. */
export interface Recorder {
  wants(scope: Scope): boolean;
  /** Takes a call that has been answered. */
  record(call: RunningCall): void;
}

const recorders = new Map<string, Recorder>();

/** Clients with the same settings share one file or connection. */
export function recorderFor(settings: ProbeSettings): Recorder {
  const key = JSON.stringify(settings);
  const known = recorders.get(key) ?? createRecorder(settings, openQueue(openSink(settings), sampleWriter(settings)));
  recorders.set(key, known);
  return known;
}

export function createRecorder({ sample }: ProbeSettings, queue: Queue<RunningCall>): Recorder {
  return {
    wants: ({ request, watch }) =>
      watch !== null || (request ? request.sampled : sample === 1 || Math.random() < sample),
    record: (call) => queue.push(call),
  };
}
