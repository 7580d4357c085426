import type { Source } from '../source.ts';
import { HEAD_LENGTH, type Progress } from '../store/progress.ts';
import { createReading, type IngestMeans, type TextReading } from './textReading.ts';

/** A reading of a text that begins so, from some way before the place where it was left; null where it must be read from its beginning. */
export function resumeReading(begin: Buffer, means: IngestMeans): TextReading | null {
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

/** Neither packed nor UTF-16 nor with a byte order mark: places in the bytes are places in the text. */
function isPlain(begin: Buffer): boolean {
  const first = begin[0] ?? 0;
  return first < 0x80 && first !== 0x1f;
}
