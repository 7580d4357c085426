import type { Source } from '../source.ts';
import { createTallies } from '../store/tally.ts';
import type { IngestMeans } from './textReading.ts';

/**
 * Counts a text that tells how things are now, such as a page of metrics: it is counted anew each time, for what it tells knows itself what is new of it.
 * `process` is who tells it. False where nothing is in it.
 */
export function ingestPage(
  text: string,
  source: Source,
  means: Pick<IngestMeans, 'store' | 'count' | 'settle' | 'unreadable' | 'lost' | 'written'>,
  process: string,
): boolean {
  const tallies = createTallies();
  let samples = 0;
  const reader = source.open({
    sample: (sample) => {
      samples += 1;
      const told = sample.kind === 'route' ? { ...sample, process: sample.process ?? process } : sample;
      means.count(told, source, tallies);
    },
    unreadable: means.unreadable,
    lost: (count) => means.lost?.(count),
  });
  for (const line of text.split(/\r?\n/)) reader.line(line);
  reader.end();
  means.settle?.(tallies);
  if (samples === 0) return false;
  means.store.write(tallies.take(), null);
  means.written?.();
  return true;
}
