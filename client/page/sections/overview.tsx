import type { PerformanceReport } from '#shared/report.ts';
import { compactCount, hourText, msText } from '#words/quantities.ts';
import { goneText } from '#words/whatChanged.ts';
import { plural } from '../count.ts';
import { Section } from '../section.tsx';
import { Coverage } from './coverage.tsx';
import { Heaviest } from './heaviest.tsx';

/** The figures that matter, where most of the time goes, and how much of the project they speak of. */
export function Overview({ report }: { readonly report: PerformanceReport }) {
  const { overview, queries, budgets } = report;
  const { findings, lastSeen, gone } = overview;
  const slowest = queries.reduce<number | null>((most, { measurement }) => {
    const p95 = measurement?.p95Ms ?? null;
    return p95 !== null && (most === null || p95 > most) ? p95 : most;
  }, null);
  const crossed = budgets.filter(({ state }) => state === 'crossed').length;
  return (
    <Section id="overview" title="Overview">
      <dl class="figures">
        <Figure name="time in queries" value={lastSeen === null ? NOT_KNOWN : msText(overview.totalMs)} />
        <Figure name="executions" value={lastSeen === null ? NOT_KNOWN : compactCount(overview.executions)} />
        <Figure name="slowest p95" value={slowest === null ? NOT_KNOWN : msText(slowest)} />
        <Figure
          name="errors and warnings"
          value={(findings.error + findings.warning).toLocaleString('en-US')}
          isBad={findings.error > 0}
        />
        {budgets.length > 0 && (
          <Figure name={`of ${plural(budgets.length, 'budget')} crossed`} value={String(crossed)} isBad={crossed > 0} />
        )}
        <Figure
          name={`of ${plural(overview.queries, 'query')} measured`}
          value={overview.measured.toLocaleString('en-US')}
        />
        <Figure name={overview.routes === 1 ? 'route' : 'routes'} value={overview.routes.toLocaleString('en-US')} />
      </dl>
      {lastSeen === null ? (
        <p class="note">
          Nothing was measured yet, so this is what the code says. <code>querylens ingest</code> counts the logs of the
          running system.
        </p>
      ) : (
        <p class="note">Measured until the hour of {hourText(lastSeen)}.</p>
      )}
      {gone.calls > 0 && <p class="note">{goneText(gone)}.</p>}
      <Heaviest queries={queries} totalMs={overview.totalMs} />
      <Coverage coverage={report.coverage} />
    </Section>
  );
}

const NOT_KNOWN = '–';

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly isBad?: boolean;
}

function Figure({ name, value, isBad = false }: FigureProps) {
  return (
    <div class={isBad ? 'figure bad' : 'figure'}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
