import type { ReportedLetter, ReportedQuery, ReportedRoute } from '#shared/report.ts';
import { perRequestText } from '#words/measurementText.ts';
import { msText } from '#words/quantities.ts';
import { plural } from '../count.ts';
import { Place } from '../place.tsx';
import { UNKNOWN_LIST } from './flame.ts';
import { Flame } from './flameRows.tsx';

interface Props {
  readonly route: ReportedRoute;
  readonly queries: ReadonlyMap<string, ReportedQuery>;
}

/** What one request asks: by the code, call for call, and what was counted of it. */
export function RouteDetail({ route, queries }: Props) {
  const { letters, terms, measured } = route;
  return (
    <>
      {letters.length > 0 && (
        <ul class="letters">
          {letters.map((letter) => (
            <li key={letter.letter}>
              <span class="formula">{letter.letter}</span> {letterText(letter)} <Place at={letter} />
            </li>
          ))}
        </ul>
      )}
      {terms.length > 0 && (
        <>
          <h4>What one request asks, in order</h4>
          <Flame route={route} />
          {letters.length > 0 && (
            <p class="note">
              Bars are as wide as their executions in one request: as counted, else as the code says, with{' '}
              {UNKNOWN_LIST} elements in a list of unknown length.
            </p>
          )}
        </>
      )}
      {measured && <Counted measured={measured} queries={queries} />}
    </>
  );
}

function letterText({ of, most }: ReportedLetter): string {
  return `${of ?? 'turns of a loop'}${most === null ? '' : `, at most ${most.toLocaleString('en-US')}`}`;
}

interface CountedProps {
  readonly measured: NonNullable<ReportedRoute['measured']>;
  readonly queries: ReadonlyMap<string, ReportedQuery>;
}

function Counted({ measured: { queries: asked, answers, sites }, queries }: CountedProps) {
  return (
    <>
      <h4>What was counted</h4>
      {asked && (
        <p>
          {perRequestText(asked.callsPerRequest)} calls of Prisma on average, {perRequestText(asked.mostCalls)} at most
          {asked.statementsPerRequest !== null && `, ${perRequestText(asked.statementsPerRequest)} SQL statements`};{' '}
          {msText(asked.msPerRequest)} in {plural(asked.requests, 'request')}.
        </p>
      )}
      {answers && (
        <p>
          {plural(answers.requests, 'request')} answered in {msText(answers.meanMs)} on average
          {answers.p95Ms !== null && `, p95 ${msText(answers.p95Ms)}`}
          {answers.failed !== null && `, ${answers.failed.toLocaleString('en-US')} failed`}.
        </p>
      )}
      {sites.length > 0 && (
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Query</th>
              <th scope="col" class="number">
                Per request
              </th>
              <th scope="col" class="number">
                Most
              </th>
              <th scope="col" class="number">
                Time a request
              </th>
              <th scope="col">Place</th>
            </tr>
          </thead>
          <tbody>
            {sites.flatMap(({ site, perRequest, most, msPerRequest }) => {
              const query = queries.get(site);
              if (!query) return [];
              return (
                <tr key={site}>
                  <td>
                    <code>{query.name}</code>
                  </td>
                  <td class="number">{perRequestText(perRequest)}</td>
                  <td class="number">{perRequestText(most)}</td>
                  <td class="number">{msText(msPerRequest)}</td>
                  <td>
                    <Place at={query} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </>
  );
}
