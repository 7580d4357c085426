import { useMemo } from 'preact/hooks';
import type { DeployFigures, PeriodFigures, Periods, TrendPoint } from '#shared/periods.ts';
import { perRequestText } from '#words/measurementText.ts';
import { compactCount, dateText, hourText, msText } from '#words/quantities.ts';
import { seriesText } from '../charts/chartText.ts';
import { TimeChart } from '../charts/timeChart.tsx';
import { seriesOf, stepMs } from '../charts/timeSeries.ts';
import { Section } from '../section.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/dataTable.tsx';
import { figureColumn } from '../table/figureColumn.ts';

/** How the whole project went, hour by hour and deploy by deploy. */
export function OverTime({ periods }: { readonly periods: Periods | null }) {
  if (!periods || periods.points.length === 0)
    return (
      <Section id="periods" title="Over time">
        <p class="none">There are no executions of which the hour is known.</p>
      </Section>
    );
  const { points, deploys, step, slowMs } = periods;
  const marks = deploys.filter(({ name }) => name !== null);
  return (
    <Section id="periods" title="Over time">
      <p class="note">
        All executions that are known to be of one call, those of calls that were changed or are gone too.
        {marks.length > 0 && ' A dashed line stands where a deploy was seen first.'}
      </p>
      {points.length > 1 && <Charts periods={periods} />}
      {deploys.length > 0 && (
        <>
          <h3>Deploys</h3>
          <DataTable
            title="Deploys"
            noun="deploy"
            columns={deployColumns(slowMs)}
            rows={deploys.toReversed()}
            keyOf={({ name }) => name ?? ''}
          />
        </>
      )}
      <details>
        <summary>{step === 'hour' ? 'Hours' : 'Days'} as a table</summary>
        <DataTable
          title={step === 'hour' ? 'By the hour' : 'By the day'}
          noun={step}
          columns={pointColumns(periods)}
          rows={points.toReversed()}
          keyOf={({ from }) => String(from)}
        />
      </details>
    </Section>
  );
}

function Charts({ periods }: { readonly periods: Periods }) {
  const marks = useMemo(
    () => periods.deploys.flatMap(({ name, firstSeen }) => (name === null ? [] : [firstSeen])),
    [periods],
  );
  return (
    <div class="charts">
      <Chart periods={periods} marks={marks} title="Executions" figure="executions" show={compactCount} />
      <Chart periods={periods} marks={marks} title="Time in queries" figure="totalMs" show={msText} />
      <Chart periods={periods} marks={marks} title="p95" figure="p95Ms" show={msText} />
      <Chart
        periods={periods}
        marks={marks}
        title={`Longer than ${msText(periods.slowMs)}`}
        figure="slow"
        show={compactCount}
      />
    </div>
  );
}

interface ChartProps {
  readonly periods: Periods;
  readonly marks: readonly number[];
  readonly title: string;
  readonly figure: keyof PeriodFigures;
  readonly show: (value: number) => string;
}

function Chart({ periods, marks, title, figure, show }: ChartProps) {
  const series = useMemo(() => seriesOf(periods, figure, figure === 'p95Ms' ? null : 0), [periods, figure]);
  const name = `${title} by ${periods.step} (UTC)`;
  const says = seriesText(name, series, show, periods.deploys);
  return <TimeChart title={name} says={says} {...series} show={show} step={stepMs(periods)} marks={marks} />;
}

function figureColumns<Row extends PeriodFigures>(slowMs: number): readonly Column<Row>[] {
  return [
    figureColumn('Executions', ({ executions }) => executions, compactCount),
    figureColumn('Total time', ({ totalMs }) => totalMs, msText),
    figureColumn('p95', ({ p95Ms }) => p95Ms, msText),
    figureColumn('Slowest', ({ maxMs }) => maxMs, msText),
    figureColumn(`Over ${msText(slowMs)}`, ({ slow }) => slow, compactCount),
  ];
}

function deployColumns(slowMs: number): readonly Column<DeployFigures>[] {
  const nameText = ({ name }: DeployFigures): string => name ?? 'not known';
  return [
    { title: 'Deploy', value: ({ name }) => name, text: nameText, cell: (row) => <code>{nameText(row)}</code> },
    figureColumn('First seen', ({ firstSeen }) => firstSeen, hourText),
    figureColumn('Last seen', ({ lastSeen }) => lastSeen, hourText),
    ...figureColumns<DeployFigures>(slowMs),
    figureColumn('Calls a request', ({ callsPerRequest }) => callsPerRequest, perRequestText),
  ];
}

function pointColumns({ step, slowMs }: Periods): readonly Column<TrendPoint>[] {
  const isHour = step === 'hour';
  return [
    figureColumn(isHour ? 'Hour' : 'Day', ({ from }) => from, isHour ? hourText : dateText),
    ...figureColumns<TrendPoint>(slowMs),
  ];
}
