import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference } from '#syntax/values.ts';
import type { FileRole } from './projectGraph.ts';

/** First match wins: a test's fixture is a fixture, a seed under `prisma/` is a seed, a script's test is a test. */
const ROLES: readonly (readonly [FileRole, RegExp])[] = [
  ['generated', /(?:^|\/)(?:__generated__|generated|\.prisma|gen)\/|\.(?:gen|generated)\.[cm]?[jt]sx?$/],
  [
    'fixture',
    /(?:^|\/)(?:__?fixtures__?|fixtures?|__mocks__|mocks?|stubs?|factories|\.storybook|stories|dummies)\/|\.(?:stories|story|mock|fixture|factory)\.[cm]?[jt]sx?$|(?:^|\/)prisma\/(?:.*\/)?factor(?:y|ies)[^/]*$/,
  ],
  [
    'test',
    /(?:^|\/)(?:__tests?__|tests?|specs?|e2e|cypress|playwright|vitest|jest|test-?utils?|testing|test-?helpers?|[\w-]+-(?:e2e|tests?))\/|[.-](?:test|spec|e2e|e2e-spec|cy|bench)\.[cm]?[jt]sx?$|(?:^|\/)(?:jest|vitest|playwright|cypress)[.\w-]*\.(?:config|setup)\.[cm]?[jt]s$|(?:^|\/)(?:jest|vitest)[.-]setup[^/]*$/,
  ],
  [
    'migration',
    /(?:^|\/)(?:[\w-]*migrations?|data-?migrations?|migration-scripts|backfills?)\/|(?:^|\/)[^/]*(?:migrat(?:e|ion)|backfill)[^/]*\.[cm]?[jt]sx?$/i,
  ],
  [
    'seed',
    /(?:^|\/)(?:[\w-]*seed(?:s|er|ers|ing)?|seed-[\w-]+)\/|(?:^|\/)[^/]*\bseed(?:s|er|ing)?\b[^/]*\.[cm]?[jt]sx?$|(?:^|\/)seed[A-Z][^/]*\.[cm]?[jt]sx?$/,
  ],
  [
    'script',
    /(?:^|\/)(?:scripts?|[\w-]+-scripts|bin|tools?|tooling|benchmarks?|bench|examples?)\/|(?:^|\/)[^/]+\.script\.[cm]?[jt]s$/,
  ],
];

/** A path segment such as `migrations` inside request code (`app/api/migrations/route.ts`) does not take it out of the app. */
const REQUEST_CODE = /(?:^|\/)(?:app|pages|routes)\/.*\/?(?:route|page|layout|loading)\.[jt]sx?$|(?:^|\/)pages\/api\//;

/** What a file is for, told by its path alone. */
export function roleOf(path: string): FileRole {
  const role = ROLES.find(([, pattern]) => pattern.test(path))?.[0] ?? 'app';
  const byFolderOnly = role === 'migration' || role === 'script' || role === 'seed';
  return byFolderOnly && REQUEST_CODE.test(path) ? 'app' : role;
}

/** As {@link roleOf}, and a file that reads its command line, exports nothing and lets no request in is a script wherever it lies. */
export function roleOfFile(path: string, facts: FileFacts): FileRole {
  const role = roleOf(path);
  if (role !== 'app' || facts.exports.length > 0 || facts.entryPoints.length > 0) return role;
  return facts.calls.some(readsCommandLine) ? 'script' : role;
}

function readsCommandLine({ callee, arguments: given }: CallFact): boolean {
  return isArgv(callee) || given.some((value) => value.kind === 'reference' && isArgv(value.to));
}

function isArgv({ root, path }: Reference): boolean {
  return root.kind === 'global' && root.name === 'process' && path[0] === 'argv';
}

/** Pages and routes of the few who run the application; they seldom ask for more than they need. */
const STAFF = /(^|[/_.-])(admin|backoffice|control-panel|internal|staff|moderator)s?([/_.+-]|$)/i;

/** Whether a file answers only those who run the application, as far as its path tells. */
export function isForStaff(path: string): boolean {
  return STAFF.test(path);
}
