import { join } from 'node:path';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Formers, MeasurementDetail, Measurements } from '#shared/measurement.ts';
import type { MeasuredPeriods } from '#shared/periods.ts';
import type { RatioFigures, RouteFigures } from '#shared/routeFigures.ts';
import type { Database, Sqlite } from '../sqlite.ts';
import { countedBefore } from './executionTable.ts';
import { latenciesOfMeasured, type Measured, measuredRows } from './measuredTable.ts';
import { detailOf } from './measurementDetail.ts';
import { formerOf, measurementOf, type SiteEvidence, totalMsOf } from './measurementsOf.ts';
import { readPeriods } from './periods.ts';
import { slowestPlan } from './planTable.ts';
import { type PresentSites, presentSites, type Sites } from './presentSites.ts';
import { callsText } from './querySums.ts';
import { readConnection } from './readConnection.ts';
import { siteRequests, siteRouteRequests } from './requestFigures.ts';
import { ratioFigures, routeFigures } from './routeFigures.ts';
import { slowInAnHour } from './slowExecutions.ts';
import { EVIDENCE_FILE } from './storeFile.ts';
import { type ModelFigures, modelFigures, type UnplacedShape, unplacedShapes } from './unplaced.ts';

/** What was measured of a project, as far as it can be read: where nothing can, it is all empty. */
export interface Evidence {
  /** Why a store that is there cannot be read, in one line for people; null where it can, or where nothing was ever counted. */
  problem(): string | null;
  /** Whether anything was ever counted. */
  exists(): boolean;
  /** Of the queries as they are in this graph, by call site; of all that ever stood there where no graph is given or the site is not in it. */
  measurements(graph?: ProjectGraph): Measurements;
  /** Of queries as they were before they were changed last, by call site; none without a graph. */
  formers(graph?: ProjectGraph): Formers;
  /** What the executions of each took together, in milliseconds. */
  totals(graph?: ProjectGraph): ReadonlyMap<string, number>;
  /** For whoever looks at one call; null where it was not measured. */
  detail(site: string, graph?: ProjectGraph): MeasurementDetail | null;
  /** What is known of no one call, the most frequent first. */
  unplaced(most: number): readonly UnplacedShape[];
  /** What is known of models where no line is known. */
  models(): readonly ModelFigures[];
  /** What the system was seen to do at each route, and which calls of the queries as they are in this graph do it. */
  routeFigures(graph?: ProjectGraph): readonly RouteFigures[];
  /** What the application tells of itself. */
  ratios(): readonly RatioFigures[];
  /** The most executions of one hour that took longer than so many milliseconds; null where nothing was measured. */
  slowInAnHour(overMs: number): number | null;
  /** How the whole project went over time and under each deploy; executions that took longer than so many milliseconds are slow. It reads the whole store. */
  periods(slowMs: number, graph?: ProjectGraph): MeasuredPeriods | null;
  /** Whether anything was counted, cleared or replaced since this was asked last, by whatever process; cheap. */
  changed(): boolean;
  close(): void;
}

/**
 * Opens what was measured, to be read and kept open: nothing is made where there is nothing, it is found when it comes, and no process that
 * counts ever waits for this one.
 */
export function openEvidence(sqlite: Sqlite, root: string): Evidence {
  const connection = readConnection(sqlite, join(root, EVIDENCE_FILE));
  let told: string | null = null;
  let read: { readonly state: string; readonly sites: Sites } | null = null;

  function sites(): Sites {
    const state = connection.state();
    if (state === null) return NOTHING;
    if (read?.state === state) return read.sites;
    const found = connection.ask(readSites);
    if (found === null) return read?.sites ?? NOTHING;
    read = { state, sites: found };
    return found;
  }

  let placed: { readonly of: Sites; readonly graph: unknown; readonly present: PresentSites } | null = null;

  /** What was counted, at the calls that ask it now. */
  function present(graph: ProjectGraph | undefined): PresentSites {
    const of = sites();
    if (placed?.of !== of || placed.graph !== graph) placed = { of, graph, present: presentSites(of, graph) };
    return placed.present;
  }

  /** One answer for each call, kept as long as neither what is measured nor the code changes. */
  function ofEach<Answer>(ask: (evidence: SiteEvidence, version: string | null) => Answer | null) {
    let known: { readonly of: PresentSites; readonly answers: ReadonlyMap<string, Answer> } | null = null;
    return (graph?: ProjectGraph): ReadonlyMap<string, Answer> => {
      const of = present(graph);
      if (known?.of === of) return known.answers;
      const answers = new Map<string, Answer>();
      for (const [site, found] of of.sites) {
        const answer = ask({ ...found, latenciesOf: spread }, of.versionOf(site));
        if (answer !== null) answers.set(site, answer);
      }
      known = { of, answers };
      return answers;
    };
  }

  function spread(measured: Measured): string {
    return connection.ask((database) => latenciesOfMeasured(database, measured)) ?? '';
  }

  let period: { readonly of: string; readonly known: MeasuredPeriods | null } | null = null;

  /** Read anew only where something was counted or a call has other figures: it takes seconds where the store is full. */
  function periodsNow(slowMs: number, graph?: ProjectGraph): MeasuredPeriods | null {
    const calls = present(graph);
    const of = `${connection.state()} ${slowMs} ${callsText(calls)}`;
    if (period?.of !== of) {
      const known = connection.ask((database) => database.transaction(() => readPeriods(database, calls, slowMs))());
      period = { of, known };
    }
    return period.known;
  }

  return {
    problem: connection.problem,
    exists: () => connection.state() !== null,
    measurements: ofEach(measurementOf),
    formers: ofEach(formerOf),
    totals: ofEach(totalMsOf),
    detail: (site, graph) => connection.ask((database) => readDetail(database, site, present(graph))),
    unplaced: (most) => connection.ask((database) => unplacedShapes(database, most)) ?? [],
    models: () => connection.ask(modelFigures) ?? [],
    routeFigures: (graph) => connection.ask((database) => readRoutes(database, present(graph))) ?? [],
    ratios: () => connection.ask(ratioFigures) ?? [],
    periods: periodsNow,
    slowInAnHour: (overMs) => connection.ask((database) => slowInAnHour(database, overMs)),
    changed: () => {
      const [before, now] = [told, connection.state()];
      told = now;
      return before !== now;
    },
    close: () => {
      [read, placed, period] = [null, null, null];
      connection.close();
    },
  };
}

const NOTHING: Sites = new Map();

/** In one transaction, so that it is all of one moment. */
function readSites(database: Database): Sites {
  const { measured, requests } = database.transaction(() => {
    return { measured: measuredRows(database), requests: siteRequests(database) };
  })();
  const requestsOf = Map.groupBy(requests, ({ site }) => site);
  const bySite = Map.groupBy(measured, ({ site }) => site);
  bySite.delete('');
  return new Map([...bySite].map(([site, rows]) => [site, { measured: rows, requests: requestsOf.get(site) ?? [] }]));
}

function readRoutes(database: Database, { siteOf }: PresentSites): readonly RouteFigures[] {
  return database.transaction(() => {
    const rows = siteRouteRequests(database).flatMap((row) => {
      const site = siteOf(row);
      return site === null ? [] : [{ ...row, site }];
    });
    return routeFigures(database, rows);
  })();
}

function readDetail(database: Database, site: string, { sites, siteOf }: PresentSites): MeasurementDetail | null {
  const { measured = [], requests = [] } = sites.get(site) ?? {};
  const counted = [...new Set(measured.map((row) => row.site))];
  const isOf = (row: { readonly site: string; readonly version: string }) => siteOf(row) === site;
  const tallies = countedBefore(database, counted).filter(({ subject: { site: at, version = '' } }) =>
    isOf({ site: at ?? '', version }),
  );
  return detailOf(tallies, requests.filter(isOf), slowestPlan(database, counted, isOf));
}
