import { headOf, openLog, readFrom } from '../openLog.ts';
import type { Source } from '../source.ts';
import { HEAD_LENGTH, type Progress } from '../store/progress.ts';
import { DETECTION_LENGTH, type Ingested, ingestText } from './ingestText.ts';
import { createReading, type IngestMeans, type TextReading } from './textReading.ts';

/** Where {@link ingestFile} reads and what it has to say of the file. */
export interface FileMeans extends IngestMeans {
  /** A packed log, of which the end is missing. */
  readonly cutOff: () => void;
}

/** Counts what was not counted before of a file, packed or not; one that grew is read from where it was left. Others may do the same at the same time. */
export async function ingestFile(path: string, means: FileMeans): Promise<Ingested> {
  const reading = resumeReading(path, means);
  if (!reading) return ingestText(openLog(path, means.cutOff), means);
  for await (const chunk of readFrom(path, reading.position())) {
    reading.push(chunk);
    if (reading.broken() !== null) break;
    means.onProgress?.(reading.position(), reading.lines());
  }
  const ended = reading.end();
  // Read from the beginning it will be seen whether it is another text.
  return ended === 'lost-place' ? ingestText(openLog(path, means.cutOff), means) : ended;
}

/** A reading that goes on where the file was left, some way before that place; null where it must begin at the beginning. */
export function resumeReading(path: string, means: IngestMeans): TextReading | null {
  const begin = headOf(path, DETECTION_LENGTH);
  const head = begin.subarray(0, HEAD_LENGTH);
  const before = means.anew || !isPlain(begin) ? null : means.store.progress(head);
  const source = before && means.sourceOf(begin.toString('utf8'));
  const start = source ? startOf(before, source) : 0;
  return source && start > 0 ? createReading({ head, start }, source, means) : null;
}

/** In bytes: the lines a place is known by lie within. */
const LEAST_CONTEXT = 64 * 1024;

function startOf({ position }: Progress, { context }: Source): number {
  return context === undefined ? 0 : Math.max(0, position - Math.max(context, LEAST_CONTEXT));
}

/** Neither packed nor UTF-16 nor with a byte order mark: places in the file are places in its text. */
function isPlain(begin: Buffer): boolean {
  const first = begin[0] ?? 0;
  return first < 0x80 && first !== 0x1f;
}
