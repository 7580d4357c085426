import { type FolderState, INITIAL_STATE, type ProjectState } from '#client/state/projectState.ts';
import type { Finding } from '#shared/finding.ts';
import type { ListedFinding, ServerStatus } from '#shared/protocol.ts';

let made = 0;

/** A finding with the given parts, in a list of its own. */
export function listed(parts: Partial<Finding>, routes: readonly string[] = []): ListedFinding {
  const finding: Finding = {
    id: `f${++made}`,
    rule: 'n-plus-one',
    severity: 'warning',
    proof: 'schema',
    message: '`Order.findMany` runs once per element of `users`. It costs. Do it once.',
    file: 'src/orders.ts',
    line: 3,
    column: 5,
    endLine: 3,
    endColumn: 20,
    model: 'Order',
    operation: 'findMany',
    columns: [],
    related: [],
    fixes: [],
    measurement: null,
    docs: 'docs/rules.md#n-plus-one',
    ...parts,
  };
  return { finding, uri: `file:///shop/${finding.file}`, routes };
}

export const NO_COUNTS = { error: 0, warning: 0, info: 0, hint: 0 };

export function ready(
  counts: Partial<typeof NO_COUNTS> = {},
  coverage: Partial<Extract<ServerStatus, { kind: 'ready' }>['coverage']> = {},
): ServerStatus {
  return {
    kind: 'ready',
    counts: { ...NO_COUNTS, ...counts },
    coverage: { files: 10, parsed: 4, queryCalls: 8, understood: 7, unresolved: [], ...coverage },
  };
}

export function folder(name: string, parts: Partial<FolderState> = {}): FolderState {
  return {
    uri: `file:///${name}`,
    name,
    status: ready(),
    findings: [],
    problems: [],
    listed: true,
    answers: 1,
    evidence: null,
    ...parts,
  };
}

/** A running server with these folders. */
export function running(...folders: readonly FolderState[]): ProjectState {
  return { ...INITIAL_STATE, server: { kind: 'running' }, folders };
}
