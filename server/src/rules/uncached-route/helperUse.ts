import { describeCallee } from '#graph/describe.ts';
import type { DraftEdit } from '#graph/edits/draft.ts';
import { endOf } from '#graph/edits/source.ts';
import type { ProjectGraph, Table } from '#graph/projectGraph.ts';
import { cacheSignOf } from '#syntax/evidence/evidenceNames.ts';
import type { CallFact, FileFacts, ImportFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';

/** How the project itself keeps rows, as one of its calls shows. */
export interface HelperUse {
  /** As it is called in the file to be changed. */
  readonly name: string;
  readonly order: readonly ('key' | 'seconds' | 'load')[];
  /** The time it is given elsewhere, as written. */
  readonly seconds: string | null;
  /** Brings it into the file; null where it is there already. */
  readonly importLine: DraftEdit | null;
}

/** The helper the file's package uses most to load rows under a key: `cached('orders', 60, () => …)`; null where none is understood. */
export function cacheUse(graph: ProjectGraph, file: string, helpers: ReadonlySet<string>): HelperUse | null {
  const ranked = graph.lookUp(usesTable(helpers), 'all') ?? [];
  const own = graph.packageOf(file);
  const [uses] = ranked
    .map((each) => each.filter((use) => graph.packageOf(use.file) === own))
    .toSorted((a, b) => b.length - a.length);
  const here = uses?.find((use) => use.file === file) ?? uses?.[0];
  return here ? broughtIn(graph, file, here) : null;
}

type Ranked = readonly (readonly Use[])[];

/** One table for each choice of helpers, of which a run has one. */
const tables = new Map<string, Table<Ranked>>();

function usesTable(helpers: ReadonlySet<string>): Table<Ranked> {
  const name = `cache uses ${[...helpers].sort().join()}`;
  const table: Table<Ranked> = tables.get(name) ?? {
    name,
    read: (graph) => new Map([['all', rankedUses(graph, name, helpers)]]),
    same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  };
  tables.set(name, table);
  return table;
}

/** By the function used, the most used first. */
function rankedUses(graph: ProjectGraph, question: string, helpers: ReadonlySet<string>): Ranked {
  const uses = [...graph.files.values()].flatMap((facts) =>
    graph.remember(facts, question, () =>
      graph.role(facts.path) === 'app' ? facts.calls.flatMap((call) => useOf(graph, facts, call, helpers) ?? []) : [],
    ),
  );
  return [...Map.groupBy(uses, ({ target }) => target).values()].sort((a, b) => b.length - a.length);
}

interface Use extends Omit<HelperUse, 'importLine'> {
  readonly file: string;
  readonly import: ImportFact;
  /** The function it leads to. */
  readonly target: string;
}

function useOf(graph: ProjectGraph, facts: FileFacts, call: CallFact, helpers: ReadonlySet<string>): Use | null {
  const { root, path } = call.callee;
  const imported = root.kind === 'import' && path.length === 0 ? facts.imports[root.import] : undefined;
  if (!imported || imported.typeOnly || imported.dynamic || imported.name === '*') return null;
  const name = describeCallee(facts, call);
  if (!helpers.has(imported.name) && !helpers.has(name) && cacheSignOf(name) !== 'cache') return null;
  const [target] = graph.targets(facts.path, call.index);
  const order = call.arguments.map(partOf);
  const parts = order.filter((part) => part !== null);
  if (!target || parts.length < order.length || !isComplete(parts)) return null;
  const seconds = call.arguments.find((value) => partOf(value) === 'seconds');
  const text = seconds?.kind === 'literal' ? String(seconds.value) : null;
  return { name, order: parts, seconds: text, file: facts.path, import: imported, target: target.id };
}

function partOf(value: Value): HelperUse['order'][number] | null {
  if (value.kind === 'template') return 'key';
  if (value.kind === 'literal')
    return typeof value.value === 'string' ? 'key' : typeof value.value === 'number' ? 'seconds' : null;
  return value.kind === 'function' ? 'load' : null;
}

/** A key and what loads the rows, each once. */
function isComplete(parts: HelperUse['order']): boolean {
  return parts.includes('key') && parts.includes('load') && new Set(parts).size === parts.length;
}

function broughtIn(graph: ProjectGraph, file: string, use: Use): HelperUse | null {
  const { order, seconds, name } = use;
  if (use.file === file) return { name, order, seconds, importLine: null };
  const facts = graph.files.get(file);
  const module = use.import.specifier.startsWith('.')
    ? relativeTo(file, use.file, use.import.specifier)
    : use.import.specifier;
  if (!facts || facts.importsEnd === null) return null;
  const known = facts.imports.find(
    (each) => each.specifier === module && each.name === use.import.name && !each.typeOnly,
  );
  if (known) return { name: known.local, order, seconds, importLine: null };
  if (facts.imports.some(({ local }) => local === name) || facts.functions.some((each) => each.name === name))
    return null;
  const { imported, local } = { imported: use.import.name, local: name };
  const bound = imported === 'default' ? local : `{ ${imported === local ? local : `${imported} as ${local}`} }`;
  const newText = `${facts.layout.lineBreak}import ${bound} from '${module}'${endOf(facts)}`;
  const span = { start: facts.importsEnd, end: facts.importsEnd };
  return { name, order, seconds, importLine: { file, span, newText } };
}

/** What leads from one file to the module that another names by a relative path. */
function relativeTo(from: string, other: string, specifier: string): string {
  const target = [...other.split('/').slice(0, -1)];
  for (const part of specifier.split('/')) {
    if (part === '..') target.pop();
    else if (part !== '.') target.push(part);
  }
  const home = from.split('/').slice(0, -1);
  let shared = 0;
  while (shared < home.length && shared < target.length - 1 && home[shared] === target[shared]) shared++;
  const up = '../'.repeat(home.length - shared);
  return `${up === '' ? './' : up}${target.slice(shared).join('/')}`;
}
