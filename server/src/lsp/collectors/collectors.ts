import type { CollectorEvent } from '#shared/collectorEvents.ts';
import type { Folder } from '../folder.ts';
import { type Collector, type Program, startCollector } from './collector.ts';

/** What runs for a folder without end. */
export type LongRun = 'watch' | 'serve';

/** What the processes of a folder do now. */
export interface CollectorState {
  /** Logs that are followed, as paths; null where none are. */
  readonly watching: readonly string[] | null;
  /** Where spans and events are received; null where nothing listens. */
  readonly receiver: string | null;
}

/** The processes that count beside the server, by folder; all end with it. */
export interface Collectors {
  /** Counts what is in logs; the answer comes when it is over. */
  ingest(folder: Folder, files: readonly string[], heard: (event: CollectorEvent) => void): Collector;
  /** Starts what runs without end, and resolves once it does, or with why it does not; what already runs is replaced. */
  start(folder: Folder, run: LongRun, args: readonly string[]): Promise<Started>;
  /** False where it does not run. */
  stop(folder: Folder, run: LongRun): boolean;
  state(folder: Folder): CollectorState;
  /** Ends all of a folder, by its URI. */
  leave(uri: string): void;
  leaveAll(): void;
}

export type Started =
  | { readonly kind: 'started'; readonly files: readonly string[]; readonly url: string | null }
  /** It was given up before it began. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

export interface CollectorSurroundings {
  readonly program: Program;
  /** Told that a folder's state is another. */
  readonly changed: (folder: Folder) => void;
  /** Told that executions of a folder were counted. */
  readonly counted: (folder: Folder) => void;
  /** Told in one line what a person should know. */
  readonly warn: (folder: Folder, message: string) => void;
}

interface Running {
  readonly folder: Folder;
  readonly run: LongRun | 'ingest';
  readonly collector: Collector;
  started: Extract<CollectorEvent, { readonly kind: 'started' }> | null;
}

/** A safety net below what the processes tell: what is counted while one runs is noticed in this time, in milliseconds. */
const LOOK_MS = 1000;

export function createCollectors({ program, changed, counted, warn }: CollectorSurroundings): Collectors {
  const all = new Set<Running>();
  let timer: NodeJS.Timeout | undefined;

  function keepLooking(): void {
    const looks = all.size > 0;
    if (looks)
      timer ??= setInterval(() => new Set([...all].map(({ folder }) => folder)).forEach(counted), LOOK_MS).unref();
    if (looks) return;
    clearInterval(timer);
    timer = undefined;
  }

  function launch(
    folder: Folder,
    run: Running['run'],
    args: readonly string[],
    heard: (event: CollectorEvent) => void,
  ): Running {
    const collector = startCollector(program, [run, ...args], folder.project.root, (event) => {
      if (event.kind === 'counted') counted(folder);
      if (event.kind === 'warning') warn(folder, event.message);
      if (event.kind === 'started') running.started = event;
      heard(event);
    });
    const running: Running = { folder, run, collector, started: null };
    all.add(running);
    keepLooking();
    void collector.ended.then(() => {
      all.delete(running);
      keepLooking();
      counted(folder);
      changed(folder);
    });
    return running;
  }

  const find = ({ uri }: Folder, run: LongRun): Running | undefined =>
    [...all].find((each) => each.folder.uri === uri && each.run === run);

  function stop(folder: Folder, run: LongRun): boolean {
    const running = find(folder, run);
    if (!running) return false;
    running.collector.stop();
    all.delete(running);
    changed(folder);
    return true;
  }

  function end(which: (running: Running) => boolean): void {
    for (const running of [...all].filter(which)) running.collector.stop();
  }

  return {
    ingest: (folder, files, heard) => launch(folder, 'ingest', files, heard).collector,
    start: (folder, run, args) => {
      stop(folder, run);
      const { promise, resolve } = Promise.withResolvers<Started>();
      const running = launch(folder, run, args, (event) => {
        if (event.kind !== 'started') return;
        changed(folder);
        resolve(event);
      });
      void running.collector.ended.then((end) => {
        if (end.kind === 'failed' && running.started) warn(folder, end.message);
        resolve(end.kind === 'failed' ? end : { kind: 'stopped' });
      });
      return promise;
    },
    stop,
    state: (folder) => ({
      watching: find(folder, 'watch')?.started?.files ?? null,
      receiver: find(folder, 'serve')?.started?.url ?? null,
    }),
    leave: (uri) => end(({ folder }) => folder.uri === uri),
    leaveAll: () => end(() => true),
  };
}
