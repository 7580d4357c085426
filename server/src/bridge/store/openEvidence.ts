import { join } from 'node:path';
import type { FormerMeasurement, Measurement, MeasurementDetail, Measurements } from '#shared/measurement.ts';
import type { Sqlite } from '../sqlite.ts';
import { createStore, type KeptTally } from './evidenceStore.ts';
import { detailOf } from './measurementDetail.ts';
import { measurementOf } from './measurementsOf.ts';
import { readConnection } from './readConnection.ts';
import { EVIDENCE_FILE } from './storeFile.ts';

/** Which query stands at a call now, as `queryFingerprint` of the graph says it; null where nothing is known of that. */
export type VersionOf = (site: string) => string | null;

/** What was measured of a project, as far as it can be read: where nothing can, it is all empty. */
export interface Evidence {
  /** Why a store that is there cannot be read, in one line for people; null where it can, or where nothing was ever counted. */
  problem(): string | null;
  /** Whether anything was ever counted. */
  exists(): boolean;
  /** Of the queries as they are now, by call site; all that was counted for a site of which `versionOf` says nothing. */
  measurements(versionOf?: VersionOf): Measurements;
  /** Of queries as they were before they were changed last, by call site. */
  formers(versionOf?: VersionOf): ReadonlyMap<string, FormerMeasurement>;
  /** For whoever looks at one call; null where it was not measured. */
  detail(site: string, versionOf?: VersionOf): MeasurementDetail | null;
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
  let read: { readonly state: string; readonly sites: ReadonlyMap<string, readonly KeptTally[]> } | null = null;

  function sites(): ReadonlyMap<string, readonly KeptTally[]> {
    const state = connection.state();
    if (state === null) return NOTHING;
    if (read?.state === state) return read.sites;
    const tallies = connection.ask((database) => createStore(database).tallies());
    if (tallies === null) return read?.sites ?? NOTHING;
    read = { state, sites: Map.groupBy(tallies, ({ subject }) => subject.site ?? '') };
    return read.sites;
  }

  return {
    problem: connection.problem,
    exists: () => connection.state() !== null,
    measurements: () => measured(sites()),
    formers: () => new Map(),
    detail: (site) => {
      const tallies = sites().get(site);
      return tallies ? detailOf(tallies) : null;
    },
    changed: () => {
      const [before, now] = [told, connection.state()];
      told = now;
      return before !== now;
    },
    close: () => {
      read = null;
      connection.close();
    },
  };
}

const NOTHING: ReadonlyMap<string, readonly KeptTally[]> = new Map();

function measured(sites: ReadonlyMap<string, readonly KeptTally[]>): Measurements {
  const found = new Map<string, Measurement>();
  for (const [site, tallies] of sites) {
    const measurement = site === '' ? null : measurementOf(tallies);
    if (measurement) found.set(site, measurement);
  }
  return found;
}
