import { CancellationToken } from 'vscode-languageserver/node';
import { BUILT_IN_RULES } from '#analyzer/builtInRules.ts';
import { findingRoutes } from '#analyzer/findingRoutes.ts';
import { rebase, rebaseProblem } from '#analyzer/projectFindings.ts';
import { unmatchedPage } from '#render/unmatchedPage.ts';
import {
  type CoverageResult,
  type FindingsResult,
  type FolderParams,
  METHODS,
  type RuleView,
  type UnmatchedResult,
} from '#shared/protocol.ts';
import type { Answer, Folder } from './folder.ts';
import { folderCoverage } from './folderCoverage.ts';
import { type Handler, runSafe } from './runSafe.ts';
import type { Feature, ServerContext } from './serverContext.ts';

/** The server's own requests: lists for trees, tables and status bars. */
export const requests: Feature = {
  capabilities: () => ({}),
  register: (server) => {
    const { connection, log } = server;
    const findings = runSafe(log, METHODS.findings, NO_FINDINGS, findingsOf(server));
    const coverage = runSafe(log, METHODS.coverage, null, coverageOf(server));
    const rules = runSafe(log, METHODS.rules, [], () => ruleViews(server));
    connection.onRequest(METHODS.findings, withoutParams(findings));
    connection.onRequest(METHODS.coverage, withoutParams(coverage));
    const unmatched = runSafe(log, METHODS.unmatched, null, unmatchedIn(server));
    connection.onRequest<UnmatchedResult | null, never>(METHODS.unmatched, withoutParams(unmatched));
    connection.onRequest(METHODS.rules, withoutParams(rules));
    server.onAnswer(({ uri }) => void connection.sendNotification(METHODS.findingsChanged, { folder: uri }));
  },
};

/** A request that came without parameters hands over its token in their place. */
export function withoutParams<Result>(handler: Handler<FolderParams | null, Result>): Handler<unknown, Result> {
  return (params, token) =>
    CancellationToken.is(params) ? handler(null, params) : handler((params ?? null) as FolderParams | null, token);
}

const NO_FINDINGS: FindingsResult = { folder: '', findings: [], problems: [] };

function findingsOf(server: ServerContext) {
  return async (params: FolderParams | null, signal: AbortSignal): Promise<FindingsResult> => {
    const folder = namedFolder(server, params);
    if (!folder) return NO_FINDINGS;
    return foundIn(folder, await folder.settledAnswer(signal));
  };
}

/** Files are relative to the folder, wherever its project begins. */
function foundIn(folder: Folder, { snapshot, findings, problems }: Answer): FindingsResult {
  const routes = findingRoutes(snapshot.graph);
  const { root, paths } = folder.project;
  const base = paths[0] ?? root;
  return {
    folder: folder.uri,
    findings: findings.map((finding) => ({
      finding: rebase(finding, root, base),
      uri: folder.uriOf(finding.file),
      routes: routes(finding),
    })),
    problems: problems.map((problem) => rebaseProblem(problem, root, base)),
  };
}

function coverageOf(server: ServerContext) {
  return async (params: FolderParams | null, signal: AbortSignal): Promise<CoverageResult | null> => {
    const folder = namedFolder(server, params);
    if (!folder) return null;
    return { folder: folder.uri, coverage: folderCoverage(folder, await folder.settledAnswer(signal)) };
  };
}

/** More of them nobody reads. */
const MOST_SHAPES = 200;

function unmatchedIn(server: ServerContext) {
  return async (params: FolderParams | null, signal: AbortSignal): Promise<UnmatchedResult | null> => {
    const folder = namedFolder(server, params);
    if (!folder) return null;
    await folder.settledAnswer(signal);
    await folder.evidence.prepare();
    return { page: await unmatchedPage(folder.evidence.unplaced(MOST_SHAPES)) };
  };
}

function ruleViews({ rules, pageOf }: ServerContext): readonly RuleView[] {
  const own = rules.map(({ meta: { id, finds, why, severity, stage } }) => ({ id, finds, why, severity, stage }));
  const builtIn = BUILT_IN_RULES.map(({ id, finds, why, severity }) => ({
    id,
    finds,
    why,
    severity,
    stage: 'stable' as const,
  }));
  return [...own, ...builtIn].map((rule) => ({ ...rule, page: pageOf(rule.id) }));
}

/** The folder a request names, the first one where it names none; null where there is no such folder. */
export function namedFolder(server: ServerContext, params: FolderParams | null): Folder | null {
  const wanted = params?.folder;
  return server.folders().find(({ uri }) => wanted === undefined || uri === wanted) ?? null;
}
