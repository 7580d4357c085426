import { HEAD_LENGTH } from '../store/progress.ts';
import { type Broken, createReading, type Ended, type IngestMeans, type TextReading } from './textReading.ts';

/** What became of a text; see {@link Ended} and {@link Broken}. */
export type Ingested = Ended | Broken | 'empty' | 'unknown-format';

/**
 * Reads a text and counts what was not counted before: a batch at a time, together with how far it came, so that nothing is lost and nothing
 * counts twice, wherever it is stopped. Without a place it begins where the text does.
 */
export async function ingestText(chunks: AsyncIterable<Buffer>, means: IngestMeans): Promise<Ingested> {
  let reading: TextReading | 'empty' | 'unknown-format' | null = null;
  let begun: readonly Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    if (reading === null) {
      begun = [...begun, chunk];
      length += chunk.length;
      if (length < DETECTION_LENGTH) continue;
      reading = startReading(Buffer.concat(begun), means);
    } else if (typeof reading === 'object') reading.push(chunk);
    if (typeof reading === 'string') return reading;
    const broken = reading.broken();
    if (broken !== null) return broken;
    means.onProgress?.(reading.position(), reading.lines());
  }
  reading ??= startReading(Buffer.concat(begun), means);
  return typeof reading === 'string' ? reading : reading.end();
}

/** In bytes: what a format is known by. */
export const DETECTION_LENGTH = 16 * 1024;

/** Takes what a text begins with, and goes on from there. */
export function startReading(begin: Buffer, means: IngestMeans): TextReading | 'empty' | 'unknown-format' {
  if (begin.length === 0) return 'empty';
  const source = means.sourceOf(begin.subarray(0, DETECTION_LENGTH).toString('utf8'));
  if (source === null) return 'unknown-format';
  const reading = createReading({ head: begin.subarray(0, HEAD_LENGTH), start: 0 }, source, means);
  reading.push(begin);
  return reading;
}
