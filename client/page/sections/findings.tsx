import { useMemo, useState } from 'preact/hooks';
import { type Finding, PROOFS, SEVERITIES } from '#shared/finding.ts';
import { measurementText } from '#words/measurementText.ts';
import { proofText } from '#words/proofText.ts';
import { Place, placeText } from '../place.tsx';
import { Section } from '../section.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/dataTable.tsx';
import { matcher } from '../table/search.ts';
import { SearchBox } from '../table/searchBox.tsx';
import { TextWithCode } from '../textWithCode.tsx';

/** Findings, the best proven first. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const [search, setSearch] = useState('');
  const shown = useMemo(() => {
    const matches = matcher(search);
    const of = findings.filter(({ rule, severity, message, file, line }) =>
      matches(`${rule} ${severity} ${message} ${file}:${line}`),
    );
    return Map.groupBy(of, ({ proof }) => proof);
  }, [findings, search]);
  return (
    <Section id="findings" title="Findings" count={findings.length}>
      {findings.length === 0 ? (
        <p class="none">Nothing was found that costs too much.</p>
      ) : (
        <SearchBox value={search} onSearch={setSearch} placeholder="rule, severity, message or file" />
      )}
      {findings.length > 0 && shown.size === 0 && <p class="none">Nothing here matches.</p>}
      {PROOFS.toReversed().map((proof) => {
        const rows = shown.get(proof);
        const title = proofText(proof);
        return rows ? (
          <div key={proof}>
            <h3>{title.charAt(0).toUpperCase() + title.slice(1)}</h3>
            <DataTable
              title={`Findings: ${title}`}
              noun="finding"
              columns={COLUMNS}
              rows={rows}
              keyOf={({ id }) => id}
              initial={{ title: 'Severity', descending: false }}
              more={(finding) => <FindingDetail finding={finding} />}
              about={search}
            />
          </div>
        ) : null;
      })}
    </Section>
  );
}

const COLUMNS: readonly Column<Finding>[] = [
  {
    title: 'Severity',
    value: ({ severity }) => SEVERITIES.indexOf(severity),
    text: ({ severity }) => severity,
    cell: ({ severity }) => <span class={`severity ${severity}`}>{severity}</span>,
  },
  { title: 'Rule', value: ({ rule }) => rule, text: ({ rule }) => rule, cell: ({ rule }) => <code>{rule}</code> },
  {
    title: 'Message',
    text: ({ message }) => message,
    cell: ({ message }) => (
      <span class="message">
        <TextWithCode text={message} />
      </span>
    ),
  },
  { title: 'Place', value: placeText, text: placeText, cell: (finding) => <Place at={finding} /> },
];

function FindingDetail({ finding: { related, measurement, fixes } }: { readonly finding: Finding }) {
  return (
    <ul class="related">
      {measurement && <li>Measured: {measurementText(measurement)}</li>}
      {related.map((place) => (
        <li key={`${place.file}:${place.line}:${place.column}:${place.message}`}>
          <TextWithCode text={place.message} /> <Place at={place} />
        </li>
      ))}
      {fixes.map(({ title }) => (
        <li key={title}>
          What to do: <TextWithCode text={title} />
        </li>
      ))}
      {!measurement && related.length === 0 && fixes.length === 0 && <li>There is no more to say of it.</li>}
    </ul>
  );
}
