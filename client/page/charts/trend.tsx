import { useMemo } from 'preact/hooks';
import type { AlignedData } from 'uplot';
import type { HourFigures } from '#shared/measurement.ts';
import { msText } from '#words/quantities.ts';
import { axes } from './axes.ts';
import { hourAndDay, trendText } from './chartText.ts';
import { Plot } from './plot.tsx';

const HOUR_S = 3600;
/** Marks stand at whole hours. */
const STEPS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720].map((hours) => hours * HOUR_S);

/** How the slow executions of each hour went, oldest first. */
export function Trend({ hours }: { readonly hours: readonly HourFigures[] }) {
  const data = useMemo<AlignedData>(
    () => [hours.map(({ hour }) => hour / 1000), hours.map(({ p95Ms }) => p95Ms)],
    [hours],
  );
  return (
    <figure>
      <figcaption>p95 by hour (UTC)</figcaption>
      <Plot
        data={data}
        says={trendText(hours)}
        options={(inks) => ({
          padding: [null, 44, null, null],
          cursor: { show: false },
          legend: { show: false },
          scales: {
            x: { time: false, range: (_, least, most) => [least - HOUR_S / 2, most + HOUR_S / 2] },
            y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] },
          },
          axes: axes(inks, { x: (seconds) => hourAndDay(seconds * 1000), y: msText }, STEPS),
          series: [
            {},
            { stroke: inks.accent, width: 2, points: { show: true, size: 6, fill: inks.accent }, spanGaps: false },
          ],
        })}
      />
    </figure>
  );
}
