import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PerformanceReport } from '#shared/report.ts';
import { ActionsContext } from './actions.ts';
import { copyText } from './clipboard.ts';
import type { OpenPlace } from './editor.ts';
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
  /** Null where no editor shows the page. */
  readonly tell: ((message: OpenPlace) => void) | null;
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
export function App({ report, tell }: Props) {
  const { said, actions } = useSaidActions(tell);
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
        <Routes routes={report.routes} queries={queries} />
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
function useSaidActions(tell: Props['tell']) {
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
      opens: tell !== null,
      copy,
      visit: (at: Pick<OpenPlace, 'file' | 'line'> & { readonly column?: number }): void => {
        const { file, line, column = 1 } = at;
        if (tell) tell({ kind: 'open', file, line, column });
        else copy(placeText(at), placeText(at));
      },
    };
  }, [tell]);
  return { said: said.text, actions };
}
