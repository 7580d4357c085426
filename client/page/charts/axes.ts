import type { Axis } from 'uplot';
import type { Inks } from './plot.tsx';

/** The two axes of a chart, with what their marks say. */
export function axes(inks: Inks, says: Record<'x' | 'y', (value: number) => string>): Axis[] {
  const common = { stroke: inks.text, font: '11px system-ui, sans-serif', ticks: { stroke: inks.line } };
  return [
    { ...common, space: 64, grid: { show: false }, values: (_, values) => values.map(says.x) },
    { ...common, size: 56, grid: { stroke: inks.line, width: 1 }, values: (_, values) => values.map(says.y) },
  ];
}
