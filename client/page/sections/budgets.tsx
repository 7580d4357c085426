import type { BudgetResult } from '#shared/budgets.ts';
import { budgetText } from '#words/budgetText.ts';
import { Place, placeText } from '../place.tsx';
import { Section } from '../section.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/dataTable.tsx';

/** What the project promises of itself, and how it is kept. */
export function Budgets({ budgets }: { readonly budgets: readonly BudgetResult[] }) {
  return (
    <Section id="budgets" title="Budgets" count={budgets.length}>
      {budgets.length === 0 ? (
        <p class="none">
          The configuration promises nothing yet: <code>budgets</code> in <code>querylens.config.json</code> does.
        </p>
      ) : (
        <DataTable
          title="Budgets"
          noun="budget"
          columns={COLUMNS}
          rows={budgets}
          keyOf={({ subject, measure, at }) => `${subject} ${measure} ${at ? placeText(at) : ''}`}
        />
      )}
    </Section>
  );
}

const STATES: readonly BudgetResult['state'][] = ['crossed', 'unknown', 'held'];

const COLUMNS: readonly Column<BudgetResult>[] = [
  {
    title: 'State',
    value: ({ state }) => STATES.indexOf(state),
    text: ({ state }) => state,
    cell: ({ state }) => <span class={`severity ${state}`}>{state}</span>,
  },
  { title: 'Budget', value: ({ subject }) => subject, text: budgetText, cell: budgetText },
  {
    title: 'Place',
    text: ({ at }) => (at ? placeText(at) : ''),
    cell: ({ at }) => (at ? <Place at={at} /> : null),
  },
];
