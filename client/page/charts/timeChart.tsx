import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { AlignedData } from 'uplot';
import { axes } from './axes.ts';
import { dayText, hourAndDay } from './chartText.ts';
import { type Inks, Plot } from './plot.tsx';
import type { TimeSeries } from './timeSeries.ts';

interface Props extends TimeSeries {
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly says: string;
  /** How a value reads. */
  readonly show: (value: number) => string;
  /** From one time to the next, in milliseconds. */
  readonly step: number;
  /** Times at which a line stands across it, in milliseconds since 1970. */
  readonly marks?: readonly number[];
}

const HOUR_S = 3600;
/** Marks of the axis stand at whole hours. */
const STEPS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 1440, 2880].map((hours) => hours * HOUR_S);
/** More dots are one line. */
const MOST_DOTS = 60;

/** A figure over time, as a line. */
export function TimeChart({ title, says, times, values, show, step, marks = [] }: Props) {
  const data = useMemo<AlignedData>(() => [times.map((time) => time / 1000), [...values]], [times, values]);
  const half = step / 2000;
  const x = step > HOUR_S * 1000 ? dayText : hourAndDay;
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <Plot
        data={data}
        says={says}
        options={(inks) => ({
          padding: [null, 44, null, null],
          cursor: { show: false },
          legend: { show: false },
          scales: {
            x: { time: false, range: (_, least, most) => [least - half, most + half] },
            y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] },
          },
          axes: axes(inks, { x: (seconds) => x(seconds * 1000), y: show }, STEPS),
          hooks: { draw: [(plot) => drawMarks(plot, marks, inks)] },
          series: [
            {},
            {
              ...{ stroke: inks.accent, width: 2, spanGaps: false },
              points: { show: times.length <= MOST_DOTS, size: 6, fill: inks.accent },
            },
          ],
        })}
      />
    </figure>
  );
}

function drawMarks({ ctx, bbox, valToPos }: uPlot, marks: readonly number[], { text }: Inks): void {
  ctx.save();
  ctx.strokeStyle = text;
  ctx.setLineDash([4, 4]);
  for (const mark of marks) {
    const at = Math.round(valToPos(mark / 1000, 'x', true));
    if (at < bbox.left || at > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
