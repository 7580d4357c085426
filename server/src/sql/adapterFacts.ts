import type { ProjectGraph } from '#graph/projectGraph.ts';
import { propertyOf } from '#graph/queryArgs.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { SqlProvider } from './prismaCompiler.ts';

/** What the project's driver adapter for a database tells Prisma's compiler; undefined where it says nothing of its own. */
export interface AdapterFacts {
  /** The schema its tables stand in, where the code names it. */
  readonly schemaName?: string;
  /** Parameters it takes in one statement. */
  readonly maxBindValues?: number;
}

const ADAPTERS: Readonly<Record<string, SqlProvider>> = {
  pg: 'postgresql',
  neon: 'postgresql',
  ppg: 'postgresql',
  mariadb: 'mysql',
  planetscale: 'mysql',
  'better-sqlite3': 'sqlite',
  libsql: 'sqlite',
  d1: 'sqlite',
  mssql: 'sqlserver',
};
/** What Cloudflare's database allows, with two to spare, as Prisma's adapter says. */
const D1_BIND_VALUES = 98;

/** Read from `new PrismaPg(…, { schema })` and its like; where several differ, nothing is said. */
export function adapterFacts(graph: ProjectGraph, provider: SqlProvider): AdapterFacts {
  const found = new Map<string, AdapterFacts>();
  for (const facts of graph.files.values()) {
    const imported = facts.imports.some(({ specifier }) => specifier.startsWith(PACKAGES));
    if (!imported || graph.role(facts.path) !== 'app') continue;
    for (const call of facts.calls) {
      const name = adapterMade(facts, call);
      const own = name !== null && ADAPTERS[name] === provider ? factsOf(graph, facts.path, call, name) : null;
      if (own) found.set(JSON.stringify(own), own);
    }
  }
  const [only, ...others] = found.values();
  return only && others.length === 0 ? only : {};
}

const PACKAGES = '@prisma/adapter-';

function adapterMade({ imports }: FileFacts, { kind, callee: { root } }: CallFact): string | null {
  const source = kind === 'new' && root.kind === 'import' ? imports[root.import]?.specifier : undefined;
  return source?.startsWith(PACKAGES) ? source.slice(PACKAGES.length) : null;
}

function factsOf(graph: ProjectGraph, file: string, call: CallFact, name: string): AdapterFacts {
  const [, options] = call.arguments;
  const schema = options && propertyOf(graph, graph.resolve(file, options), 'schema');
  const schemaName = schema?.value.kind === 'literal' ? schema.value.value : undefined;
  return {
    ...(typeof schemaName === 'string' ? { schemaName } : {}),
    ...(name === 'd1' ? { maxBindValues: D1_BIND_VALUES } : {}),
  };
}
