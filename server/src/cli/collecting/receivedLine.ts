import type { Output } from '../host.ts';

const CLEAR_LINE = '\r\u001b[K';
/** In milliseconds: how often the line changes at most, and over how long its rate is. */
const SHOWN_MS = 500;
const RATE_MS = 5000;

/** How much came and how fast it comes, on one line of a terminal. */
export function receivedLine(output: Output, now = () => performance.now()) {
  let latest: readonly { readonly at: number; readonly executions: number }[] = [];
  let last = Number.NEGATIVE_INFINITY;
  return {
    show: (executions: number): void => {
      const at = now();
      if (!output.isTTY || at - last < SHOWN_MS) return;
      last = at;
      latest = [...latest.filter((one) => at - one.at <= RATE_MS), { at, executions }];
      const [first] = latest;
      const seconds = first ? (at - first.at) / 1000 : 0;
      const rate = first && seconds > 0 ? `, ${whole((executions - first.executions) / seconds)} a second` : '';
      output.write(`${CLEAR_LINE}querylens: ${whole(executions)} executions${rate}`);
    },
    clear: (): void => {
      if (latest.length > 0) output.write(CLEAR_LINE);
      latest = [];
    },
  };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
