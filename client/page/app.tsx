import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PerformanceReport, ReportPlace } from '#shared/report.ts';
import { ActionsContext } from './actions.ts';
import { copyText } from './clipboard.ts';
import { placeText } from './place.tsx';
import { Budgets } from './sections/budgets.tsx';
import { Changes } from './sections/changes.tsx';
import { Findings } from './sections/findings.tsx';
import { Indexes } from './sections/indexes.tsx';
import { Overview } from './sections/overview.tsx';
import { OverTime } from './sections/periods.tsx';
import { Queries } from './sections/queries.tsx';
import { Routes } from './sections/routes.tsx';
import { Unresolved } from './sections/unresolved.tsx';

interface Props {
  readonly report: PerformanceReport;
  /** Goes to a place; null where no editor shows the page. */
  readonly open?: ((place: ReportPlace) => void) | null;
  readonly route?: WantedRoute | null;
}

/** The route somebody asked to see, for so many times now. */
export interface WantedRoute extends Pick<ReportPlace, 'file' | 'line'> {
  readonly turn: number;
}

const PARTS: readonly (readonly [id: string, title: string])[] = [
  ['overview', 'Overview'],
  ['queries', 'Queries'],
  ['changes', 'Before and after'],
  ['periods', 'Over time'],
  ['routes', 'Routes'],
  ['findings', 'Findings'],
  ['indexes', 'Indexes'],
  ['budgets', 'Budgets'],
  ['unresolved', 'Not understood'],
];

/** The whole page. */
export function App({ report, open = null, route = null }: Props) {
  const { said, actions } = useSaidActions(open);
  const queries = useMemo(() => new Map(report.queries.map((query) => [query.id, query])), [report]);
  const findings = useMemo(() => new Map(report.findings.map((finding) => [finding.id, finding])), [report]);
  return (
    <ActionsContext.Provider value={actions}>
      <a class="skip" href="#queries">
        Skip to the queries
      </a>
      <header>
        <h1>Performance report</h1>
        <nav aria-label="Parts of the report">
          {PARTS.map(([id, title]) => (
            <a key={id} href={`#${id}`}>
              {title}
            </a>
          ))}
        </nav>
      </header>
      <main>
        <Overview report={report} />
        <Queries queries={report.queries} findings={findings} />
        <Changes report={report} />
        <OverTime periods={report.periods} />
        <Routes key={route?.turn} routes={report.routes} queries={queries} wanted={route} />
        <Findings findings={report.findings} />
        <Indexes indexes={report.indexes} queries={queries} />
        <Budgets budgets={report.budgets} />
        <Unresolved calls={report.coverage.unresolved} />
      </main>
      <p class={said === '' ? 'said empty' : 'said'} role="status">
        {said}
      </p>
    </ActionsContext.Provider>
  );
}

const SAID_MS = 3000;

/** What happened last, in words that go away by themselves, and what makes it happen. */
function useSaidActions(open: NonNullable<Props['open']> | null) {
  const [said, setSaid] = useState({ text: '' });
  useEffect(() => {
    if (said.text === '') return undefined;
    const timer = setTimeout(() => setSaid({ text: '' }), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const actions = useMemo(() => {
    const copy = (text: string, what: string): void => {
      copyText(text).then((isCopied) => setSaid({ text: isCopied ? `Copied ${what}` : `${what} could not be copied` }));
    };
    return {
      opens: open !== null,
      copy,
      visit: (at: Pick<ReportPlace, 'file' | 'line'> & { readonly column?: number }): void => {
        const { file, line, column = 1 } = at;
        if (open) open({ file, line, column });
        else copy(placeText(at), placeText(at));
      },
    };
  }, [open]);
  return { said: said.text, actions };
}
