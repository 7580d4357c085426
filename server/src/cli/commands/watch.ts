import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { ingestFile } from '#bridge/ingest/ingestFile.ts';
import { sourceOf } from '#bridge/sources.ts';
import { RETENTION } from '#bridge/store/retention.ts';
import { followLogs } from '#bridge/watch/followLogs.ts';
import { rotatedLogs } from '#bridge/watch/rotatedLogs.ts';
import { type Collecting, type CollectOptions, collect, ingestMeans } from '../collecting/collecting.ts';
import { knownFormat } from '../collecting/knownFormat.ts';
import { type NamedLogs, namedLogs } from '../collecting/namedLogs.ts';
import { stopSignal } from '../collecting/stopSignal.ts';
import type { Host } from '../host.ts';
import type { RunSurroundings } from '../projectRun.ts';

export interface WatchOptions extends CollectOptions {
  readonly format?: string;
  /** Ends when this process does. */
  readonly clientProcessId?: string;
}

/** Counts the executions in logs as they are written, until the process is asked to end; those of the configuration and of the probe where none are named. */
export async function watch(
  names: readonly string[],
  options: WatchOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<boolean> {
  knownFormat(options.format);
  const signal = stopSignal(host, options.clientProcessId === undefined ? null : Number(options.clientProcessId));
  return collect(options, host, around, async (collecting) => {
    const { tell, root, settings } = collecting;
    const named =
      names.length > 0
        ? names.map((name) => namedLogs(name, host.cwd))
        : [...settings.logs, PROBE_FILES].map((name) => namedLogs(name, root));
    const logs = () => logsOf(named);
    const nameOf = (path: string) => shorter(relative(host.cwd, path), path);
    tell.event({ kind: 'started', files: logs().map(nameOf), url: null });
    tell.text(`${startedText(logs().map(nameOf))}; Ctrl-C ends\n`);
    await followLogs({ ...followMeans(collecting, options, nameOf), folders: named, logs }, signal);
    collecting.finish([]);
    return true;
  });
}

/** Where the probe writes, relative to the project. */
const PROBE_FILES = '.querylens/probe-*.ndjson';

const DAY_MS = 24 * 3_600_000;

/** Of many only those that may hold something that would be kept. */
function logsOf(named: readonly NamedLogs[]): readonly string[] {
  const oldest = Date.now() - RETENTION.days * DAY_MS;
  const isRecent = (path: string) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= oldest;
  return [...new Set(named.flatMap(({ files, single }) => (single ? files() : files().filter(isRecent))))];
}

function startedText(files: readonly string[]): string {
  if (files.length === 0) return 'waiting for logs: there are none yet';
  return files.length > MOST_NAMED ? `following ${files.length} logs` : `following ${files.join(', ')}`;
}

const MOST_NAMED = 10;

function followMeans(collecting: Collecting, { format }: WatchOptions, nameOf: (path: string) => string) {
  const { tell, sources, store, takeEdits } = collecting;
  const forced = knownFormat(format, sources);
  const warn = (path: string, what: string) => tell.event({ kind: 'warning', message: `${nameOf(path)}: ${what}` });
  const means = { ...ingestMeans(collecting), sourceOf: (head: string) => forced ?? sourceOf(head, sources) };
  return {
    ...means,
    beforeReading: takeEdits,
    reads: (path: string, progress: { readonly position: number; readonly total: number; readonly lines: number }) =>
      tell.event({ kind: 'progress', file: nameOf(path), ...progress }),
    unknownFormat: (path: string) => warn(path, 'its format is not known; name it with --format'),
    unopened: (path: string, reason: string) => warn(path, `it cannot be read: ${reason}`),
    catchUp: async (path: string) => {
      for (const rotated of await rotatedLogs(path, store.progress))
        await ingestFile(rotated, { ...means, cutOff: () => undefined });
    },
  };
}

function shorter(one: string, other: string): string {
  return one.length < other.length ? one : other;
}
