import type { ComponentChildren } from 'preact';
import type { Finding } from '#shared/finding.ts';
import type { ReportedQuery } from '#shared/report.ts';
import { changeText, formerText, measurementText } from '#words/measurementText.ts';
import { msText } from '#words/quantities.ts';
import { Histogram } from '../charts/histogram.tsx';
import { Trend } from '../charts/trend.tsx';
import { TextWithCode } from '../textWithCode.tsx';

interface Props {
  readonly query: ReportedQuery;
  readonly findings: ReadonlyMap<string, Finding>;
}

/** All that is known of one query. */
export function QueryDetail({ query, findings }: Props) {
  const { symbol, measurement, former, change, routes, detail } = query;
  return (
    <>
      <dl class="facts">
        <Fact name="in">{symbol === '' ? 'the file itself' : <code>{symbol}</code>}</Fact>
        <Fact name="measured">{measurement ? measurementText(measurement) : 'not yet'}</Fact>
        {former && measurement && <Fact name="changed">{changeText(former, measurement)}</Fact>}
        {former && <Fact name="former">{formerText(former)}</Fact>}
        {change && (
          <Fact name={`since ${change.after.deploy}`}>
            {changeText(change.before, change.after)}, before it {change.before.deploy}
          </Fact>
        )}
        <Fact name="routes">{routes.length === 0 ? 'none leads to it' : routes.join(', ')}</Fact>
        {query.findings.map((id) => {
          const finding = findings.get(id);
          return finding ? (
            <Fact key={id} name={finding.rule}>
              <TextWithCode text={finding.message} />
            </Fact>
          ) : null;
        })}
      </dl>
      {detail && (
        <div class="charts">
          {detail.histogram.length > 0 && <Histogram bins={detail.histogram} />}
          {detail.trend.filter(({ p95Ms }) => p95Ms !== null).length > 1 && <Trend hours={detail.trend} />}
        </div>
      )}
      {detail?.slowestPlan && (
        <details>
          <summary>Plan of the slowest execution, {msText(detail.slowestPlan.ms)}</summary>
          <pre>{detail.slowestPlan.text}</pre>
        </details>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
