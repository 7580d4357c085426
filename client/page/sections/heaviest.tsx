import type { ReportedQuery } from '#shared/report.ts';
import { msText } from '#words/quantities.ts';
import { Place } from '../place.tsx';

const MOST = 8;

interface Props {
  readonly queries: readonly ReportedQuery[];
  readonly totalMs: number;
}

/** The few queries in which most of the time goes, each with its part of the whole. */
export function Heaviest({ queries, totalMs }: Props) {
  const heaviest = queries
    .flatMap((query) => (query.totalMs ? [{ query, ms: query.totalMs }] : []))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, MOST);
  const most = heaviest[0]?.ms ?? 1;
  if (heaviest.length === 0) return null;
  return (
    <>
      <h3>Where the time goes</h3>
      <ol class="heaviest">
        {heaviest.map(({ query, ms }) => (
          <li key={query.id}>
            <span class="name">{query.name}</span>
            <span class="track" aria-hidden="true">
              <span class="bar" style={{ width: `${(100 * ms) / most}%` }} />
            </span>
            <span class="amount">
              {msText(ms)} <small>{shareText(ms / totalMs)}</small>
            </span>
            <Place at={query} />
          </li>
        ))}
      </ol>
    </>
  );
}

function shareText(share: number): string {
  return share < 0.01 ? '< 1 %' : `${Math.round(100 * share)} %`;
}
