import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { ingestFile } from '#bridge/ingest/ingestFile.ts';
import { ingestText } from '#bridge/ingest/ingestText.ts';
import { isBroken } from '#bridge/ingest/textReading.ts';
import { openLog } from '#bridge/openLog.ts';
import type { Source } from '#bridge/source.ts';
import { sourceOf } from '#bridge/sources.ts';
import { unmatchedShapes } from '#bridge/store/unmatchedShapes.ts';
import { isAddress } from '../collecting/addresses.ts';
import { type Collecting, type CollectOptions, collect, ingestMeans } from '../collecting/collecting.ts';
import { ingestAddress } from '../collecting/ingestAddress.ts';
import { type LogSummary, undecidedListing, unmatchedListing } from '../collecting/ingestSummary.ts';
import { knownFormat } from '../collecting/knownFormat.ts';
import { namedLogs, STANDARD_INPUT } from '../collecting/namedLogs.ts';
import type { Host } from '../host.ts';
import type { RunSurroundings } from '../projectRun.ts';

export interface IngestOptions extends CollectOptions {
  readonly format?: string;
  readonly explainUnmatched?: boolean;
}

/** Counts the executions in logs on the calls of a project, and prints what became of them; false where a log could not be read. */
export async function ingest(
  names: readonly string[],
  options: IngestOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<boolean> {
  knownFormat(options.format);
  const named = names.map((name) => logsCalled(name, host.cwd));
  return collect(options, host, around, async (collecting) => {
    const format = knownFormat(options.format, collecting.sources);
    const logs: LogSummary[] = [];
    for (const file of named.flat()) logs.push(await ingestLog(file, format, collecting, host));
    collecting.finish(logs);
    if (options.explainUnmatched) collecting.tell.text(explainUnmatched(collecting));
    const unknown = new Set(logs.filter(({ outcome }) => outcome === 'unknown-format').map(({ name }) => name));
    // In a folder lie other files too.
    return named.every((files) => files.some((file) => !unknown.has(file)));
  });
}

/** Of logs that were counted before, what is kept of them tells. */
function explainUnmatched({ counter: { counts }, store }: Collecting): string {
  if (counts.executions > 0) return unmatchedListing(counts.unmatched) + undecidedListing(counts.undecided);
  return unmatchedListing(unmatchedShapes(store), ', of all that was counted before');
}

/** A file as it was given, or those a folder or a glob stands for. */
function logsCalled(name: string, cwd: string): readonly string[] {
  if (name === STANDARD_INPUT || isAddress(name)) return [name];
  const { files: filesNow, single } = namedLogs(name, cwd);
  const files = filesNow();
  if (files.length === 0) throw new Failure(`${name}: there is no such ${single ? 'file' : 'log'}`);
  return single ? [name] : files.map((file) => shorter(relative(cwd, file), file));
}

function shorter(one: string, other: string): string {
  return one.length < other.length ? one : other;
}

async function ingestLog(file: string, format: Source | null, collecting: Collecting, host: Host): Promise<LogSummary> {
  if (isAddress(file)) return ingestAddress(file, format, collecting);
  const { tell } = collecting;
  let source: Source | null = format;
  const total = sizeOf(file, host.cwd);
  const means = {
    ...ingestMeans(collecting),
    sourceOf: (head: string) => {
      source = format ?? sourceOf(head, collecting.sources);
      return source;
    },
    onProgress: (position: number, lines: number) => tell.event({ kind: 'progress', file, position, total, lines }),
    cutOff: () => tell.event({ kind: 'warning', message: `${file}: it is packed, and its end is missing` }),
  };
  const outcome =
    file === STANDARD_INPUT
      ? await ingestText(openLog(standardInput(host), means.cutOff), means)
      : await ingestFile(resolve(host.cwd, file), means);
  if (isBroken(outcome)) throw new Failure(`${file}: another process is counting it; run this again`);
  return { name: file, format: source?.id ?? null, outcome };
}

/** Null where it is not known before all is read. */
function sizeOf(file: string, cwd: string): number | null {
  const packed = /\.(?:gz|gzip|tgz)$/i.test(file);
  return file === STANDARD_INPUT || packed ? null : statSync(resolve(cwd, file)).size;
}

async function* standardInput(host: Host): AsyncIterable<Buffer> {
  for await (const chunk of host.stdin) yield Buffer.from(chunk);
}
