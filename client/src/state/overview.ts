import { SEVERITIES, type Severity } from '#shared/finding.ts';
import type { ServerStatus } from '#shared/protocol.ts';
import type { ProjectState } from './projectState.ts';

export type Counts = Readonly<Record<Severity, number>>;

/** All folders taken together, as the status bar and the view's welcome need it. */
export type Overview =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  /** From 0 to 100; null while the number of files is unknown. */
  | { readonly kind: 'scanning'; readonly percent: number | null }
  | { readonly kind: 'ready'; readonly counts: Counts; readonly queryCalls: number; readonly understood: number }
  | { readonly kind: 'no-schema' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'stopped'; readonly message: string };

/** What needs a person comes first, then what is going on, then the results. */
export function overview({ server, folders }: ProjectState): Overview {
  if (server.kind === 'stopped' || server.kind === 'off') return server;
  const statuses = folders.flatMap(({ status }) => (status === null ? [] : [status]));
  const failed = statuses.find(({ kind }) => kind === 'failed');
  if (failed?.kind === 'failed') return failed;
  const scans = statuses.filter((status) => status.kind === 'scanning');
  if (scans.length > 0) return { kind: 'scanning', percent: percentOf(scans) };
  if (server.kind === 'starting' || statuses.length === 0) return { kind: 'starting' };
  const ready = statuses.filter((status) => status.kind === 'ready');
  return ready.length === 0 ? { kind: 'no-schema' } : together(ready);
}

/** How many findings there are, whatever their severity. */
export function total(counts: Counts): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
}

/** The loudest severity that occurs. */
export function loudest(counts: Counts): Severity | null {
  return SEVERITIES.find((severity) => counts[severity] > 0) ?? null;
}

type Ready = Extract<ServerStatus, { kind: 'ready' }>;
type Scanning = Extract<ServerStatus, { kind: 'scanning' }>;

function together(ready: readonly Ready[]): Overview {
  const sum = (value: (status: Ready) => number): number => ready.reduce((all, status) => all + value(status), 0);
  return {
    kind: 'ready',
    counts: {
      error: sum(({ counts }) => counts.error),
      warning: sum(({ counts }) => counts.warning),
      info: sum(({ counts }) => counts.info),
      hint: sum(({ counts }) => counts.hint),
    },
    queryCalls: sum(({ coverage }) => coverage.queryCalls),
    understood: sum(({ coverage }) => coverage.understood),
  };
}

function percentOf(scans: readonly Scanning[]): number | null {
  let [done, all] = [0, 0];
  for (const { filesDone, filesTotal } of scans) {
    if (filesTotal === null) return null;
    done += filesDone;
    all += filesTotal;
  }
  return all === 0 ? null : Math.min(100, Math.floor((100 * done) / all));
}
