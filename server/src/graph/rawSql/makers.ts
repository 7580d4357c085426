import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference } from '#syntax/values.ts';
import { callIndex } from '../callIndex.ts';
import type { ProjectGraph, ResolvedValue } from '../projectGraph.ts';

/** What Prisma makes SQL objects with. */
export type Maker =
  | { readonly kind: 'sql' | 'raw' | 'join'; readonly file: string; readonly call: CallFact }
  | { readonly kind: 'empty' };

/** `Prisma.sql`…``, `Prisma.raw(…)`, `Prisma.join(…)` or `Prisma.empty`, under whatever name they were imported; null for any other value. */
export function makerOf(graph: ProjectGraph, { file, value }: ResolvedValue): Maker | null {
  const facts = graph.files.get(file);
  if (!facts) return null;
  const index = callIndex(value);
  const call = index === null ? undefined : facts.calls[index];
  if (!call) return value.kind === 'reference' && nameOfMaker(facts, value.to) === 'empty' ? { kind: 'empty' } : null;
  const name = nameOfMaker(facts, call.callee);
  const fits = name === 'sql' ? call.kind === 'tagged' : name !== 'empty' && call.kind === 'call';
  return name && name !== 'empty' && fits ? { kind: name, file, call } : null;
}

const MAKERS: Readonly<Record<string, Maker['kind']>> = {
  sql: 'sql',
  sqltag: 'sql',
  default: 'sql',
  raw: 'raw',
  join: 'join',
  empty: 'empty',
};
/** Prisma's client, wherever it was generated to, and the library its SQL objects come from. */
const SOURCES = /prisma|sql-template-tag/i;

function nameOfMaker({ imports }: FileFacts, { root, path }: Reference): Maker['kind'] | null {
  if (root.kind === 'global') return root.name === 'Prisma' ? madeBy(path) : null;
  const fact = root.kind === 'import' ? imports[root.import] : undefined;
  if (!fact) return null;
  const names = fact.name === '*' ? path : [fact.name, ...path];
  if (names[0] === 'Prisma') return madeBy(names.slice(1));
  return SOURCES.test(fact.specifier) ? madeBy(names) : null;
}

function madeBy([name, ...more]: readonly string[]): Maker['kind'] | null {
  if (name === undefined || more.length > 0) return null;
  return Object.hasOwn(MAKERS, name) ? (MAKERS[name] ?? null) : null;
}
