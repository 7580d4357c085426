import type { ProbeSample } from '#shared/probeSample.ts';
import { relativePath } from './paths.ts';
import { openQueue, type Queue } from './queue.ts';
import type { RunningCall, RunningRequest, Scope } from './scope.ts';
import type { ProbeSettings } from './settings.ts';
import { openSink } from './sinks/openSink.ts';

/** A call that has been answered. */
export interface AnsweredCall {
  readonly call: RunningCall;
  readonly request: RunningRequest | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  readonly rows: number | null;
  readonly failed: boolean;
}

/** Decides which calls are looked at, and passes on what was seen of them. */
export interface Recorder {
  wants(scope: Scope): boolean;
  record(answered: AnsweredCall): void;
}

const recorders = new Map<string, Recorder>();

/** Clients with the same settings share one file or connection. */
export function recorderFor(settings: ProbeSettings): Recorder {
  const key = JSON.stringify(settings);
  const known = recorders.get(key) ?? createRecorder(settings, openQueue(openSink(settings)));
  recorders.set(key, known);
  return known;
}

export function createRecorder({ sample, root }: ProbeSettings, queue: Queue): Recorder {
  const weight = sample > 0 ? Math.round(1 / sample) : 1;
  return {
    wants: ({ request, watch }) =>
      watch !== null || (request ? request.sampled : sample === 1 || Math.random() < sample),
    record: (answered) => queue.push(() => JSON.stringify(sampleOf(answered, root, weight))),
  };
}

function sampleOf({ call, request, at, ms, rows, failed }: AnsweredCall, root: string, weight: number): ProbeSample {
  const { site, model, operation, statements, client } = call;
  const route = request?.route() ?? null;
  return {
    ...{ v: 1, at, ms: Math.round(ms * 1000) / 1000 },
    ...{ file: site && relativePath(site.file, root), line: site?.line ?? 0, column: site?.column ?? 0 },
    ...(site?.generated ? { generated: true } : {}),
    ...{ model, operation },
    ...(client.active ? { statements } : {}),
    ...(rows === null ? {} : { rows }),
    ...(failed ? { failed: true } : {}),
    ...(request ? { request: request.id } : {}),
    ...(route === null ? {} : { route }),
    ...(weight === 1 ? {} : { weight }),
  };
}
