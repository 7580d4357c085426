import type { UnresolvedCall } from '#shared/finding.ts';
import { Place, placeText } from '../place.tsx';
import { Section } from '../section.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/dataTable.tsx';
import { TextWithCode } from '../textWithCode.tsx';

/** Calls of which nothing is said, and why. */
export function Unresolved({ calls }: { readonly calls: readonly UnresolvedCall[] }) {
  return (
    <Section id="unresolved" title="Not understood" count={calls.length}>
      {calls.length === 0 ? (
        <p class="none">No query was left out.</p>
      ) : (
        <DataTable
          title="Not understood"
          noun="call"
          columns={COLUMNS}
          rows={calls}
          keyOf={(call) => `${placeText(call)} ${call.reason}`}
        />
      )}
    </Section>
  );
}

const COLUMNS: readonly Column<UnresolvedCall>[] = [
  { title: 'Place', value: placeText, text: placeText, cell: (call) => <Place at={call} /> },
  {
    title: 'Why',
    value: ({ reason }) => reason,
    text: ({ reason }) => reason,
    cell: ({ reason }) => <TextWithCode text={reason} />,
  },
];
