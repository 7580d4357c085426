import type { Problem } from '#shared/finding.ts';
import type { EvidenceParams, FindingsResult, ListedFinding, ServerStatus, StatusParams } from '#shared/protocol.ts';

/** The server process as a person sees it: switched off by a setting, or stopped for the reason in `message`. */
export type ServerPhase =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'stopped'; readonly message: string };

/** One workspace folder; the findings are the last ones heard, so that a restart does not empty the views. */
export interface FolderState {
  readonly uri: string;
  readonly name: string;
  /** Null until the server speaks of it. */
  readonly status: ServerStatus | null;
  readonly findings: readonly ListedFinding[];
  readonly problems: readonly Problem[];
  /** Whether a list was ever received. */
  readonly listed: boolean;
  /** How many lists were received: with another one there may be another report. */
  readonly answers: number;
  /** What is measured and what counts there; null until the server speaks of it. */
  readonly evidence: EvidenceParams | null;
}

/** Everything the views show; they are drawn from it and hold nothing of their own. */
export interface ProjectState {
  readonly server: ServerPhase;
  readonly folders: readonly FolderState[];
}

export const INITIAL_STATE: ProjectState = { server: { kind: 'starting' }, folders: [] };

/** The state after the process started, came up or went down: a new one has not spoken of any folder, and what is off shows nothing. */
export function withServer(state: ProjectState, server: ServerPhase): ProjectState {
  if (server.kind === 'running') return { ...state, server };
  const forget = server.kind === 'off' ? forgetAll : forgetStatus;
  return { server, folders: state.folders.map(forget) };
}

/** The state with these folders open; what is known of those that stay is kept. */
export function withFolders(state: ProjectState, open: readonly Pick<FolderState, 'uri' | 'name'>[]): ProjectState {
  const known = new Map(state.folders.map((folder) => [folder.uri, folder]));
  return { ...state, folders: open.map(({ uri, name }) => ({ ...(known.get(uri) ?? unknownFolder(uri)), name })) };
}

export function withStatus(state: ProjectState, { folder, status }: StatusParams): ProjectState {
  return withFolder(state, folder, (known) => ({ ...known, status }));
}

export function withEvidence(state: ProjectState, evidence: EvidenceParams): ProjectState {
  return withFolder(state, evidence.folder, (known) => ({ ...known, evidence }));
}

export function withFindings(state: ProjectState, { folder, findings, problems }: FindingsResult): ProjectState {
  return withFolder(state, folder, (known) => ({
    ...known,
    findings: same(known.findings, findings) ? known.findings : findings,
    problems,
    listed: true,
    answers: known.answers + 1,
  }));
}

/** Whether the list is what the server says now, or what it last said. */
export function isCurrent({ server }: ProjectState, { status }: FolderState): boolean {
  return server.kind === 'running' && status?.kind === 'ready';
}

/** Whether the server said all it has to say about every folder. */
export function isSettled({ server, folders }: ProjectState): boolean {
  return server.kind === 'running' && folders.every(({ status, listed }) => hasAnswer(status, listed));
}

/** A list that says the same is the same list, so that no view is drawn anew for it. */
function same(known: readonly ListedFinding[], heard: readonly ListedFinding[]): boolean {
  return known.length === heard.length && JSON.stringify(known) === JSON.stringify(heard);
}

function hasAnswer(status: ServerStatus | null, listed: boolean): boolean {
  if (status === null || status.kind === 'scanning') return false;
  return status.kind !== 'ready' || listed;
}

function withFolder(state: ProjectState, uri: string, change: (known: FolderState) => FolderState): ProjectState {
  const found = state.folders.some((folder) => folder.uri === uri);
  const folders = found ? state.folders : [...state.folders, unknownFolder(uri)];
  return { ...state, folders: folders.map((folder) => (folder.uri === uri ? change(folder) : folder)) };
}

function unknownFolder(uri: string): FolderState {
  const name = decodeURIComponent(uri.split('/').findLast((part) => part !== '') ?? uri);
  return { uri, name, status: null, findings: [], problems: [], listed: false, answers: 0, evidence: null };
}

function forgetStatus(folder: FolderState): FolderState {
  return { ...folder, status: null, evidence: null };
}

function forgetAll({ uri, name }: FolderState): FolderState {
  return { ...unknownFolder(uri), name };
}
