import type { Axis } from 'uplot';
import type { Inks } from './plot.tsx';

/** Room for one mark, in pixels: `20 Nov, 14:00` and a gap. */
const SPACE = 84;

/** The two axes of a chart, with what their marks say; on the first these may stand so far apart. */
export function axes(inks: Inks, says: Record<'x' | 'y', (value: number) => string>, steps: number[] = []): Axis[] {
  const common = { stroke: inks.text, font: '11px system-ui, sans-serif', ticks: { stroke: inks.line } };
  return [
    {
      ...common,
      ...(steps.length > 0 ? { incrs: steps } : {}),
      space: SPACE,
      grid: { show: false },
      values: (_, values) => values.map(says.x),
    },
    { ...common, size: 56, grid: { stroke: inks.line, width: 1 }, values: (_, values) => values.map(says.y) },
  ];
}
