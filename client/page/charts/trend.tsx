import { useMemo } from 'preact/hooks';
import { HOUR_MS } from '#shared/hour.ts';
import type { HourFigures } from '#shared/measurement.ts';
import { msText } from '#words/quantities.ts';
import { trendText } from './chartText.ts';
import { TimeChart } from './timeChart.tsx';

/** How the slow executions of each hour went, oldest first. */
export function Trend({ hours }: { readonly hours: readonly HourFigures[] }) {
  const series = useMemo(
    () => ({ times: hours.map(({ hour }) => hour), values: hours.map(({ p95Ms }) => p95Ms) }),
    [hours],
  );
  return <TimeChart title="p95 by hour (UTC)" says={trendText(hours)} {...series} show={msText} step={HOUR_MS} />;
}
