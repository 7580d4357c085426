import type { SchemaModel } from '#schema/schemaModel.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { ModuleResolver } from '../modules/moduleResolution.ts';
import { type CallEdge, type FunctionId, functionId } from '../projectGraph.ts';
import { createTrace, type Key, NO_TRACE } from '../trace.ts';
import { createCallbackRuns } from './callbackRuns.ts';
import { edgesFrom, handedFunctions } from './callEdges.ts';
import { functionArguments } from './callResults.ts';
import { callsIn, type Target, targetOf } from './callTargets.ts';
import { configuredEntries } from './configuredEntries.ts';
import type { LinkedFile } from './entities.ts';
import { createFunctionNodes, type FunctionNodes } from './functionNodes.ts';
import { type CallsTo, createHanded } from './handedValues.ts';
import { type Incoming, withLeading } from './incoming.ts';
import { createLink, type LinkGrounds, linkedFile } from './link.ts';
import {
  type EdgeRow,
  type FirstRow,
  keptEdges,
  keptSecond,
  type SecondRow,
  sameEntries,
  sameList,
  sameTarget,
  sameWays,
} from './linkRows.ts';
import type { Link } from './names.ts';
import { createNameTables, type NameTables } from './nameTables.ts';
import { handedOutline, outlineOf } from './outline.ts';
import { queriesIn } from './querySites.ts';
import { createSchemaChoice } from './schemaChoice.ts';

/** All files of a project linked, kept so that the next time only what an edit concerns is linked again. */
export interface LinkedProject {
  readonly input: LinkInput;
  readonly grounds: LinkGrounds;
  readonly first: ReadonlyMap<string, FirstRow>;
  readonly second: ReadonlyMap<string, SecondRow>;
  readonly edges: ReadonlyMap<string, EdgeRow>;
  readonly firstCallers: Incoming;
  readonly callers: Incoming;
  readonly configured: readonly Target[];
  /** One and the same as long as who calls whom and who answers which entry point is. */
  readonly shape: object;
  readonly nodes: FunctionNodes;
  /** Against the project it was made from. */
  readonly changes: Changes;
}

/** What is different from the time before. */
export interface Changes {
  readonly facts: readonly string[];
  /** Files whose calls, queries or entry points lead elsewhere, or are of new facts. */
  readonly rows: ReadonlySet<string>;
  /** Functions that are called or handed over by other calls. */
  readonly callers: ReadonlySet<FunctionId>;
}

/** What linking goes by. */
export interface LinkInput {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly schemas: readonly SchemaModel[];
  readonly resolver: ModuleResolver;
  /** The setting of the same name: functions and globs through which requests enter, besides what is recognised. */
  readonly entryPoints: readonly string[];
}

/** Links everything, once; each step is one file. */
export function* linkAll(input: LinkInput, traced: boolean): Generator<void, LinkedProject> {
  const trace = traced ? createTrace() : NO_TRACE;
  const files = new Map([...input.files].sort(([a], [b]) => (a < b ? -1 : 1)));
  const names = createNameTables();
  const linked = new Map([...files].map(([path, facts]) => [path, linkedFile(path, facts, trace)]));
  for (const file of linked.values()) names.replace(null, file);
  const { schemas, resolver } = input;
  const grounds = { files: linked, schemas: createSchemaChoice(schemas, resolver), resolver, names, trace };
  return yield* linkRows({
    input: { ...input, files },
    grounds,
    before: null,
    changed: [...files.keys()],
    stale: new Set(),
  });
}

/** Links again what hangs on changed facts; null where so much else changed that all is to be linked. */
export function relink(before: LinkedProject, input: LinkInput): Generator<void, LinkedProject> | null {
  const { grounds } = before;
  if (!sameGrounds(before.input, input)) return null;
  const changed: string[] = [];
  for (const [path, facts] of input.files) {
    const known = before.input.files.get(path);
    if (!known) return null;
    if (known !== facts) changed.push(path);
  }
  return changed.length > MANY ? null : relinkFiles(before, input, changed.sort(), grounds);
}

function sameGrounds(before: LinkInput, now: LinkInput): boolean {
  return (
    before.resolver === now.resolver &&
    before.files.size === now.files.size &&
    sameItems(before.schemas, now.schemas) &&
    sameItems(before.entryPoints, now.entryPoints)
  );
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

/** So many changed files are linked as quickly with all the others. */
const MANY = 100;

function* relinkFiles(
  before: LinkedProject,
  input: LinkInput,
  changed: readonly string[],
  { names, trace, ...rest }: LinkGrounds,
): Generator<void, LinkedProject> {
  const files = new Map(before.input.files);
  const linked = new Map(rest.files);
  const stale = new Set<Key>();
  for (const path of changed) {
    const facts = input.files.get(path);
    const old = linked.get(path);
    if (!facts || !old) continue;
    const file = linkedFile(path, facts, trace);
    files.set(path, facts);
    linked.set(path, file);
    const body = trace.known('body', path);
    if (body !== null) stale.add(body);
    if (outlineOf(old) !== outlineOf(file)) stale.add(trace.key('file', path));
    for (const [kind, name] of names.replace(old, file)) stale.add(trace.key(kind, name));
  }
  const grounds = { ...rest, files: linked, names, trace };
  let done = false;
  try {
    const project = yield* linkRows({ input: { ...input, files }, grounds, before, changed, stale });
    done = true;
    return project;
  } finally {
    if (!done) for (const path of changed) takeBack(names, linked.get(path), rest.files.get(path));
  }
}

/** Tables of names are the one thing that is shared with the project before. */
function takeBack(names: NameTables, now: LinkedFile | undefined, before: LinkedFile | undefined): void {
  if (now && before) names.replace(now, before);
}

interface Round {
  readonly input: LinkInput;
  readonly grounds: LinkGrounds;
  readonly before: LinkedProject | null;
  readonly changed: readonly string[];
  /** Keys of what changed; whatever read one of them is done again. */
  readonly stale: Set<Key>;
}

function* linkRows(round: Round): Generator<void, LinkedProject> {
  const { input, grounds, before, changed } = round;
  const nodes = before?.nodes ?? createFunctionNodes();
  const { first, firstCallers } = yield* linkFirst(round);
  const callsTo: CallsTo = (path, index) => {
    const id = functionId(path, index);
    return (firstCallers.get(id) ?? []).flatMap((source) => placedCalls(grounds, first, source, id));
  };
  const link: Link = createLink(
    grounds,
    createHanded(callsTo, () => link),
  );
  const { second, rows } = yield* linkSecond(round, link, first, nodes);
  const { edges, callers, ids } = yield* linkEdges(round, second, rows);
  const { value: configured } = link.forFile(() => configuredEntries(link, input.entryPoints).map(targetOf));
  const changes: Changes = { facts: changed, rows, callers: ids };
  const sameShape =
    before !== null &&
    sameList(before.configured, configured, sameTarget) &&
    [...rows].every((path) => sameWays(before.edges.get(path), edges.get(path))) &&
    [...rows].every((path) => sameEntries(before.second.get(path), second.get(path)));
  const shape = sameShape ? before.shape : {};
  return { input, grounds, first, second, edges, firstCallers, callers, configured, shape, nodes, changes };
}

function placedCalls(
  { files }: LinkGrounds,
  first: ReadonlyMap<string, FirstRow>,
  source: string,
  id: FunctionId,
): ReturnType<CallsTo> {
  const file = files.get(source);
  const calls = first.get(source)?.calls.outgoing.get(id) ?? [];
  return file ? calls.map((call) => ({ file, call })) : [];
}

interface FirstRound {
  readonly first: ReadonlyMap<string, FirstRow>;
  readonly firstCallers: Incoming;
}

function* linkFirst({ grounds, before, changed, stale }: Round): Generator<void, FirstRound> {
  const link = createLink(grounds, () => []);
  const rows = new Map(before?.first);
  const leading = [];
  for (const file of concerned(grounds, before?.first, changed, stale)) {
    const { value: calls, keys } = link.forFile(() => callsIn(link, file));
    const row = { facts: file.facts, calls, keys };
    const old = rows.get(file.path);
    rows.set(file.path, row);
    leading.push({ path: file.path, before: old?.calls.outgoing.keys() ?? [], after: calls.outgoing.keys() });
    for (const id of old ? handingOther(old, row) : []) stale.add(grounds.trace.key('calls of', id));
    yield;
  }
  return { first: rows, firstCallers: withLeading(before?.firstCallers ?? new Map(), leading) };
}

/** Functions that a file's calls hand something else than before. */
function handingOther(before: FirstRow, after: FirstRow): readonly FunctionId[] {
  const [old, now] = [before.calls.outgoing, after.calls.outgoing];
  return [...new Set([...old.keys(), ...now.keys()])].filter((id) => {
    const [had, has] = [old.get(id), now.get(id)];
    return !had || !has || handedOutline(before.facts, had) !== handedOutline(after.facts, has);
  });
}

interface SecondRound {
  readonly second: ReadonlyMap<string, SecondRow>;
  readonly rows: Set<string>;
}

function* linkSecond(
  { grounds, before, changed, stale }: Round,
  link: Link,
  first: ReadonlyMap<string, FirstRow>,
  nodes: FunctionNodes,
): Generator<void, SecondRound> {
  const second = new Map(before?.second);
  const rows = new Set<string>();
  const again = before ? [...first.keys()].filter((path) => first.get(path) !== before.first.get(path)) : changed;
  for (const file of concerned(grounds, before?.second, again, stale)) {
    const { path, facts } = file;
    const { value, keys } = link.forFile(() => {
      const calls = callsIn(link, file, first.get(path)?.calls);
      return {
        calls,
        handed: handedFunctions(link, file),
        queries: queriesIn(link, file, (index) => nodes.node(file, index)),
        entries: entriesIn(link, file),
      };
    });
    const old = second.get(path);
    const row = keptSecond(old, { facts, ...value, keys });
    second.set(path, row);
    if (row.queries !== old?.queries) rows.add(path);
    yield;
  }
  return { second, rows };
}

function entriesIn(link: Link, file: LinkedFile): SecondRow['entries'] {
  return file.facts.entryPoints.flatMap((fact) =>
    functionArguments(link, file, [fact.handler]).map((entity) => ({ fact, handler: targetOf(entity) })),
  );
}

interface EdgeRound {
  readonly edges: ReadonlyMap<string, EdgeRow>;
  readonly callers: Incoming;
  readonly ids: ReadonlySet<FunctionId>;
}

/** The loops behind callbacks are read in the helpers' own bodies, so these edges hang on whole files. */
function* linkEdges(
  { input: { files }, grounds, before, changed }: Round,
  second: ReadonlyMap<string, SecondRow>,
  rows: Set<string>,
): Generator<void, EdgeRound> {
  const { trace } = grounds;
  const stale = new Set<Key>();
  for (const path of changed) stale.add(trace.key('text', path));
  for (const path of rows) stale.add(trace.key('targets', path));
  const loopOfRun = createCallbackRuns({
    trace,
    facts: (path) => {
      trace.note('text', path);
      return files.get(path) ?? null;
    },
    targets: (path, call) => {
      trace.note('targets', path);
      return second.get(path)?.calls.targets[call] ?? [];
    },
  });
  const edges = new Map(before?.edges);
  const ids = new Set<FunctionId>();
  const leading = [];
  for (const { path } of concerned(grounds, before?.edges, before ? [...rows] : changed, stale)) {
    const row = second.get(path);
    if (!row) continue;
    trace.begin();
    const found = edgesFrom(row.facts, row.calls, row.handed, loopOfRun);
    const old = edges.get(path);
    const now = keptEdges(old, edgeRow(row.facts, found, trace.end()));
    edges.set(path, now);
    yield;
    if (now.from === old?.from) continue;
    rows.add(path);
    leading.push({ path, before: old?.to.keys() ?? [], after: now.to.keys() });
    for (const id of before ? [...(old?.to.keys() ?? []), ...now.to.keys()] : []) ids.add(id);
  }
  return { edges, callers: withLeading(before?.callers ?? new Map(), leading), ids };
}

function edgeRow(facts: FileFacts, edges: readonly CallEdge[], keys: readonly Key[]): EdgeRow {
  return { facts, from: Map.groupBy(edges, (edge) => edge.from), to: Map.groupBy(edges, (edge) => edge.to), keys };
}

/** The files named and those whose row read something stale, in order of their paths. */
function concerned(
  { files }: LinkGrounds,
  rows: ReadonlyMap<string, { readonly keys: readonly Key[] }> | undefined,
  paths: readonly string[],
  stale: ReadonlySet<Key>,
): readonly LinkedFile[] {
  const wanted = new Set(paths);
  if (stale.size > 0)
    for (const [path, { keys }] of rows ?? []) if (keys.some((key) => stale.has(key))) wanted.add(path);
  return [...wanted].sort().flatMap((path) => files.get(path) ?? []);
}
