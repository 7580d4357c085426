import type { Coverage, Finding, Problem, Severity } from './finding.ts';
import type { SqlView } from './sqlView.ts';

/** Where one workspace folder stands; sent whenever it changes. */
export type ServerStatus =
  | { readonly kind: 'scanning'; readonly filesDone: number; readonly filesTotal: number | null }
  | { readonly kind: 'ready'; readonly counts: Readonly<Record<Severity, number>>; readonly coverage: Coverage }
  | { readonly kind: 'no-schema' }
  | { readonly kind: 'failed'; readonly message: string };

/** Parameters of the notification `querylens/status`. */
export interface StatusParams {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly status: ServerStatus;
}

/** A finding as the tree of an editor needs it. */
export interface ListedFinding {
  readonly finding: Finding;
  readonly uri: string;
  /** Entry points that reach it, `GET /api/orders`; empty where none was found. */
  readonly routes: readonly string[];
}

/** Answer to the request `querylens/findings`: all findings of one folder, sorted as the command line sorts them. */
export interface FindingsResult {
  readonly folder: string;
  readonly findings: readonly ListedFinding[];
  readonly problems: readonly Problem[];
}

/** Parameters of requests about one folder; the first folder where absent. */
export interface FolderParams {
  readonly folder?: string;
}

/** Answer to `querylens/rules`, one for each rule. */
export interface RuleView {
  readonly id: string;
  readonly finds: string;
  readonly why: string;
  readonly severity: Severity;
  readonly stage: 'stable' | 'experimental';
  /** URI of its page, a Markdown file. */
  readonly page: string;
}

/** Answer to `querylens/coverage`. */
export interface CoverageResult {
  readonly folder: string;
  readonly coverage: Coverage;
}

/** A place in a text as the protocol writes it: from 0. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Parameters of `querylens/queries`. */
export interface QueriesParams {
  readonly textDocument: { readonly uri: string };
}

/** Parameters of `querylens/sql`. */
export interface SqlParams extends QueriesParams {
  /** Anywhere in a call, or before it on its line. */
  readonly position: TextPosition;
}

/** Answer to `querylens/queries`, one for each Prisma call of the document. */
export interface QueryPlace {
  /** From the call's first word to the name of the operation. */
  readonly range: { readonly start: TextPosition; readonly end: TextPosition };
  /** `Order.findMany`; raw SQL has the operation alone. */
  readonly name: string;
}

/** Answer to `querylens/sql`; null where no Prisma call is at the position. */
export interface SqlResult extends QueryPlace {
  readonly sql: SqlView;
  /** The statements of the usual way, one a line, exactly as they are sent; empty where the SQL cannot be told. */
  readonly lines: string;
  /** All ways, laid out for reading. */
  readonly page: string;
}

/** Parameters of the notification `querylens/evidence`: what is measured in a folder, and what counts there. */
export interface EvidenceParams {
  readonly folder: string;
  /** Whether measurements may be read and logs counted: the setting, in a workspace that is trusted. */
  readonly allowed: boolean;
  /** Whether there is anything to show or to clear. */
  readonly measured: boolean;
  /** Logs that were there when following began, relative to the project; null where none are followed. */
  readonly watching: readonly string[] | null;
  /** Address at which spans and events are received; null where nothing listens. */
  readonly receiver: string | null;
  /** Logs the project names in its configuration, as it names them. */
  readonly logs: readonly string[];
}

/** Answer to the command `querylens.server.ingest`. */
export interface IngestResult {
  /** What was done, in one sentence. */
  readonly message: string;
  /** Executions no one call could be told of. */
  readonly unmatched: number;
}

/** Answer to `querylens/unmatched`. */
export interface UnmatchedResult {
  /** The SQL no one call is known to send, the most frequent first, as a page of SQL. */
  readonly page: string;
}

/** Answer to `querylens/report`. */
export interface ReportResult {
  readonly folder: string;
  /** URI of the folder that files of the report are relative to: the project's root. */
  readonly root: string;
  /** As docs/report.schema.json says. */
  readonly report: object;
}

/** Parameters of `querylens/reportText`. */
export interface ReportTextParams extends FolderParams {
  readonly format: ReportFormat;
}

/** How a report may be printed: for a comment or a wiki, for programs, as a page for a browser, as metrics. */
export type ReportFormat = 'markdown' | 'json' | 'html' | 'prometheus';

/** Answer to `querylens/reportText`. */
export interface ReportTextResult {
  readonly text: string;
}

/** Methods of ours, besides those of the protocol itself; documented in docs/protocol.md. */
export const METHODS = {
  status: 'querylens/status',
  /** Notification of the client: the person trusts the workspace from now on. */
  trusted: 'querylens/trusted',
  /** Notification: what is measured in a folder, or what counts there, is another. */
  evidence: 'querylens/evidence',
  /** Notification: the list behind `findings` changed. */
  findingsChanged: 'querylens/findingsChanged',
  findings: 'querylens/findings',
  rules: 'querylens/rules',
  coverage: 'querylens/coverage',
  /** The SQL that was counted and is of no one call, for a folder. */
  unmatched: 'querylens/unmatched',
  /** Where the time goes in a folder's project. */
  report: 'querylens/report',
  /** The same as a text to be kept. */
  reportText: 'querylens/reportText',
  /** The Prisma calls of a document. */
  queries: 'querylens/queries',
  /** The SQL of the Prisma call at a position. */
  sql: 'querylens/sql',
} as const;

/** Commands the server runs by `workspace/executeCommand`, for every editor. */
export const SERVER_COMMANDS = {
  /** Reads everything anew. Arguments: none. */
  scan: 'querylens.server.scan',
  /** Accepts all present findings. Arguments: folder URI, or none for the first folder. */
  createBaseline: 'querylens.server.createBaseline',
  /** Accepts one finding. Arguments: folder URI, finding id. */
  addToBaseline: 'querylens.server.addToBaseline',
  /** Shows a rule's page by `window/showDocument`. Arguments: rule id. */
  openRulePage: 'querylens.server.openRulePage',
  /** Answers with the versions a bug report needs, one a line. Arguments: none. */
  about: 'querylens.server.about',
  /** Counts the executions in logs. Arguments: folder URI, then paths or URIs of files. */
  ingest: 'querylens.server.ingest',
  /** Follows logs. Arguments: folder URI, then paths or URIs of files; without any those the project names and what the probe writes. */
  startWatching: 'querylens.server.startWatching',
  /** Arguments: folder URI, or none for the first folder. */
  stopWatching: 'querylens.server.stopWatching',
  /** Receives spans and events on a port of this machine. Arguments: folder URI, or none for the first folder. */
  startReceiver: 'querylens.server.startReceiver',
  /** Arguments: folder URI, or none for the first folder. */
  stopReceiver: 'querylens.server.stopReceiver',
  /** Removes all that was measured, once a person confirmed it. Arguments: folder URI; true where a person did already. */
  clearMeasurements: 'querylens.server.clearMeasurements',
} as const;

/** What `Diagnostic.data` carries, so that actions and hovers look a finding up and never compute it anew. */
export interface DiagnosticData {
  readonly folder: string;
  readonly finding: string;
}

/**
 * Commands an editor's client runs for the server: lenses and hovers name one only where `initializationOptions.commands` lists it, so that
 * other editors see the text without a dead link.
 */
export const CLIENT_COMMANDS = {
  /** Peeks at places in the code. Arguments: URI, position, locations, all as the protocol writes them. */
  showPlaces: 'querylens.showPlaces',
  /** Opens a rule's page. Arguments: rule id. */
  explainRule: 'querylens.explainRule',
  /** Puts the SQL of the Prisma call there on the clipboard. Arguments: URI, position. */
  copySql: 'querylens.copySql',
  /** Opens the SQL of the Prisma call there as a document. Arguments: URI, position. */
  showSql: 'querylens.showSql',
  /** Opens the report at a route. Arguments: folder URI, file as the report names it, line. */
  showReport: 'querylens.showReport',
} as const;

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /** How it wants its diagnostics; absent: pulled if it can be told to pull again, else pushed. */
  readonly diagnostics?: 'push' | 'pull';
  /** Those of {@link CLIENT_COMMANDS} it runs. */
  readonly commands?: readonly string[];
  /** Milliseconds in which a chosen fix is checked, 1500 where absent; with 0 nothing is checked and fixes say so. */
  readonly fixCheckMs?: number;
  /** Whether the person trusts the workspace; absent where the editor knows no trust. Without trust nothing is opened but what is analysed. */
  readonly trusted?: boolean;
  /** The client shows by itself what `querylens/status` tells, so that a first scan needs no progress beside it. */
  readonly showsStatus?: boolean;
}
