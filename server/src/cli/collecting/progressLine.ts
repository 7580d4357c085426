import type { CollectorEvent } from '#shared/collectorEvents.ts';
import type { Output } from '../host.ts';

const CLEAR_LINE = '\r\u001b[K';

type ReadSoFar = Extract<CollectorEvent, { readonly kind: 'progress' }>;

/** How far reading is and how fast, on one line of a terminal. */
export function progressLine(output: Output): { show(read: ReadSoFar): void; clear(): void } {
  let shown = false;
  let first: { readonly file: string; readonly lines: number; readonly at: number } | null = null;
  return {
    show: (read) => {
      if (!output.isTTY) return;
      if (first?.file !== read.file) first = { file: read.file, lines: read.lines, at: performance.now() };
      const seconds = (performance.now() - first.at) / 1000;
      const rate = seconds > 0 ? `, ${whole((read.lines - first.lines) / seconds)} lines a second` : '';
      output.write(`${CLEAR_LINE}querylens: ${read.file}: ${amount(read)}${rate}`);
      shown = true;
    },
    clear: () => {
      if (shown) output.write(CLEAR_LINE);
      shown = false;
    },
  };
}

function amount({ position, total }: ReadSoFar): string {
  return total === null ? megabytes(position) : `${megabytes(position)} of ${megabytes(total)}`;
}

function megabytes(bytes: number): string {
  return `${whole(bytes / 1e6)} MB`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
