import { useMemo } from 'preact/hooks';
import uPlot, { type AlignedData } from 'uplot';
import type { LatencyBin } from '#shared/measurement.ts';
import { compactCount, msText } from '#words/quantities.ts';
import { axes } from './axes.ts';
import { histogramText } from './chartText.ts';
import { Plot } from './plot.tsx';

/** How long executions take: one bar for each stretch of time. */
export function Histogram({ bins }: { readonly bins: readonly LatencyBin[] }) {
  const data = useMemo<AlignedData>(() => [bins.map((_, index) => index), bins.map(({ calls }) => calls)], [bins]);
  return (
    <figure>
      <figcaption>Executions by time</figcaption>
      <Plot
        data={data}
        says={histogramText(bins)}
        options={(inks) => ({
          cursor: { show: false },
          legend: { show: false },
          scales: { x: { time: false, range: [-0.5, bins.length - 0.5] }, y: { range: fromZero } },
          axes: axes(inks, {
            x: (index) => (Number.isInteger(index) && bins[index] ? msText(bins[index].upToMs) : ''),
            y: compactCount,
          }),
          series: [{}, { fill: inks.bars, stroke: inks.bars, points: { show: false }, ...BARS }],
        })}
      />
    </figure>
  );
}

function fromZero(_: unknown, __: number, most: number): [number, number] {
  return [0, most * 1.05];
}

const bars = uPlot.paths.bars?.({ size: [0.9, 100] });
const BARS = bars ? { paths: bars } : {};
