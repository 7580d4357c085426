import type { Finding } from './finding.ts';
import type { Range } from './location.ts';
import type { FormerMeasurement, Measurement } from './measurement.ts';

/** An index that serves a query, as a person would look it up in the schema. */
export interface IndexView {
  /** Its columns in order, as fields of the model. */
  readonly fields: readonly string[];
  readonly kind: 'id' | 'unique' | 'index';
  /** Where it is declared; null where it stands in a migration alone. */
  readonly at: (Range & { readonly file: string }) | null;
}

/** What is known of the value a query gives; null lists where it leaves what can be followed. */
export interface UsageView {
  /** Paths of fields that are read, `customer.name`, sorted. */
  readonly read: readonly string[] | null;
  /** Fields that are fetched and never read. */
  readonly unread: readonly string[] | null;
}

/** One query site in the terms of a hover or a lens; plain data, ranges in the site's own file. */
export interface SiteView extends Range {
  /** The query site's id, which survives line moves. */
  readonly id: string;
  readonly file: string;
  /** Null for raw SQL. */
  readonly model: string | null;
  readonly operation: string;
  /** The relations read along, as paths. */
  readonly relations: readonly string[];
  readonly transaction: 'interactive' | 'array' | null;
  /** How often it runs: `1`, `N` for each element of a loop, `N·M` in a loop of a loop. */
  readonly runs: string;
  readonly usage: UsageView;
  /** Fields it filters and sorts by. */
  readonly lookup: readonly string[];
  /** Indexes that serve the lookup, best first; empty where there are none. */
  readonly servedBy: readonly IndexView[];
  readonly findings: readonly Finding[];
  /** It may send more than one statement, so that a lens asks for them. */
  readonly several: boolean;
  readonly measurement: Measurement | null;
  /** What it did before its query was changed, where that is known. */
  readonly former: FormerMeasurement | null;
}

/** One entry point with what its requests cost, for a lens above it. */
export interface EntryPointView extends Range {
  readonly file: string;
  /** `GET /api/orders`, `Query.orders`, `job mailDigest`. */
  readonly name: string;
  /** Queries of one request, `1 + N`; null where there are none or they cannot be counted. */
  readonly queries: string | null;
  /** Queries of one request as they were counted; null where requests were not told apart. */
  readonly measured: number | null;
  readonly findings: readonly Finding[];
}

/** Everything one file shows besides its diagnostics. */
export interface FileView {
  readonly sites: readonly SiteView[];
  readonly entryPoints: readonly EntryPointView[];
}
