import type { PerformanceReport } from '#shared/report.ts';
import { plural } from '../count.ts';

/** How much of the project was understood, so that silence is not mistaken for health. */
export function Coverage({ coverage }: Pick<PerformanceReport, 'coverage'>) {
  const { files, parsed, queryCalls, understood, unresolved } = coverage;
  if (queryCalls === 0) return <p class="coverage">No query was found in {plural(files, 'source file')}.</p>;
  return (
    <div class="coverage">
      <p>
        {understood.toLocaleString('en-US')} of {plural(queryCalls, 'query')} understood, in{' '}
        {parsed.toLocaleString('en-US')} of {plural(files, 'source file')} that can reach a query.
        {unresolved.length > 0 && (
          <>
            {' '}
            <a href="#unresolved">What was not understood</a>
          </>
        )}
      </p>
      <span class="track" aria-hidden="true">
        <span class="bar" style={{ width: `${(100 * understood) / queryCalls}%` }} />
      </span>
    </div>
  );
}
