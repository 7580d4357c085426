import { createLineCutter, type TextLine, textOf } from '#bridge/ingest/textLines.ts';
import { type LogInput, openLog } from '#bridge/openLog.ts';
import type { Sample } from '#bridge/sample.ts';
import type { Source } from '#bridge/source.ts';
import { HEAD_CHARACTERS, sourceOf } from '#bridge/sources.ts';

/** What became of a log. */
export type LogRead =
  | { readonly kind: 'read'; readonly source: Source; readonly counts: LogCounts }
  | { readonly kind: 'empty' }
  /** It begins like none of the formats. */
  | { readonly kind: 'unknown-format' }
  /** Missing, a folder, not permitted. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface LogCounts {
  readonly lines: number;
  readonly samples: number;
  /** Records of which nothing can be made, and lines that are too long to be any. */
  readonly unreadable: number;
  /** Samples the source says it could not write down. */
  readonly lost: number;
  /** A packed log of which the end is missing. */
  readonly cutOff: boolean;
}

/** Reads a whole log without keeping anything of it, to see what its source makes of it; where no format is given it is found by the beginning. */
export async function readLog(
  input: LogInput,
  format: Source | null,
  sample: (sample: Sample) => void,
): Promise<LogRead> {
  let cutOff = false;
  const chunks = openLog(input, () => {
    cutOff = true;
  });
  try {
    const head = await headOf(chunks);
    const source = format ?? sourceOf(head.toString('utf8'));
    if (head.length === 0 || source === null) {
      await chunks.return(null);
      return { kind: head.length === 0 ? 'empty' : 'unknown-format' };
    }
    const reading = readingOf(source, sample);
    reading.push(head);
    for await (const chunk of chunks) reading.push(chunk);
    return { kind: 'read', source, counts: { ...reading.end(), cutOff } };
  } catch (error) {
    return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** As much as a format is told by, or all there is. */
async function headOf(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < HEAD_CHARACTERS) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

function readingOf(source: Source, sample: (sample: Sample) => void) {
  const counts = { lines: 0, samples: 0, unreadable: 0, lost: 0 };
  const cutter = createLineCutter();
  const reader = source.open({
    sample: (one) => {
      counts.samples += 1;
      sample(one);
    },
    unreadable: () => {
      counts.unreadable += 1;
    },
    lost: (samples) => {
      counts.lost += samples;
    },
  });
  const feed = ({ bytes }: TextLine): void => {
    counts.lines += 1;
    if (bytes === null) counts.unreadable += 1;
    else reader.line(textOf(bytes));
  };
  return {
    push: (bytes: Buffer): void => {
      for (const line of cutter.push(bytes)) feed(line);
    },
    end: (): typeof counts => {
      const rest = cutter.rest();
      if (rest) feed(rest);
      reader.end();
      return counts;
    },
  };
}
