import type { ReportedRoute } from '#shared/report.ts';
import { perRequestText } from '#words/measurementText.ts';
import { Place } from '../place.tsx';
import { type FlameBar, flameOf } from './flame.ts';

/** A flame that is read from top to bottom: one line a call, its bar below that of the call it belongs to. */
export function Flame({ route }: { readonly route: ReportedRoute }) {
  return (
    <ul class="flame">
      <Bars bars={flameOf(route)} depth={0} />
    </ul>
  );
}

function Bars({ bars, depth }: { readonly bars: readonly FlameBar[]; readonly depth: number }) {
  return (
    <>
      {bars.map((bar) => (
        <li key={`${bar.name}:${bar.file}:${bar.line}:${bar.column}`}>
          <div class="flame-row">
            <span class="flame-name" style={{ paddingInlineStart: `${depth * 1.1}em` }}>
              {bar.term ? <code>{bar.name}</code> : `${bar.name}()`}
              {bar.term && <Conditions term={bar.term} />}
            </span>
            <span class="track" aria-hidden="true">
              <span
                class={bar.term ? 'bar' : 'bar call'}
                style={{ insetInlineStart: `${100 * bar.start}%`, width: `${100 * bar.width}%` }}
              />
            </span>
            <span class="amount">
              <span class="formula">{timesText(bar)}</span>
            </span>
            <Place at={bar} />
          </div>
          {bar.bars.length > 0 && (
            <ul>
              <Bars bars={bar.bars} depth={depth + 1} />
            </ul>
          )}
        </li>
      ))}
    </>
  );
}

/** `1`, `N = 100`; of a call the queries below it. */
function timesText({ term, weight }: FlameBar): string {
  const count = perRequestText(weight);
  return term === null || term.times === count ? count : `${term.times} = ${count}`;
}

function Conditions({ term: { conditional, cached } }: { readonly term: NonNullable<FlameBar['term']> }) {
  return (
    <>
      {conditional && <span class="mark">on a condition</span>}
      {cached && <span class="mark">unless cached</span>}
    </>
  );
}
