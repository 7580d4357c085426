import { filesWith } from '#graph/filesWith.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Location } from '#shared/location.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import { groundsOf } from './givenBy.ts';
import { isNew, sameClient } from './made.ts';
import { createProcesses, type Processes } from './processes.ts';

/** A client made beside others to the same database. */
export interface SecondClient {
  readonly facts: FileFacts;
  readonly call: CallFact;
  /** The client that other files use; null where each makes its own. */
  readonly shared: Location | null;
  /** How many files make one. */
  readonly count: number;
}

interface Made {
  readonly facts: FileFacts;
  readonly call: CallFact;
}

/** Clients that live as long as their module and serve it alone, though the same process has another. */
export function* secondClients(graph: ProjectGraph): Generator<SecondClient> {
  const made = madeWithModules(graph);
  if (made.length < 2 && !graph.sites.some(({ origin, file }) => origin !== null && origin !== file && made[0])) return;
  const users = usersOf(graph);
  const own = made.filter((each) => !users.has(each.facts.path) && !isSharedByGlobal(each));
  if (own.length === 0) return;
  const processes = createProcesses(graph);
  const alone: Made[] = [];
  for (const each of own) {
    const shared = sharedBeside(graph, each, made, users, processes);
    if (shared) yield { ...each, shared, count: 2 };
    else alone.push(each);
  }
  yield* withoutShared(graph, alone, processes);
}

/** Clients made in module bodies and in the fields of classes. */
function madeWithModules(graph: ProjectGraph): readonly Made[] {
  return filesWith(graph, isNew).flatMap((facts) =>
    graph.remember(facts, 'clients that live with their module', () => madeIn(graph, facts)),
  );
}

function madeIn(graph: ProjectGraph, facts: FileFacts): readonly Made[] {
  if (graph.role(facts.path) !== 'app') return [];
  const made = facts.calls.filter((call) => {
    const livesOn = call.function === 0 || facts.functions[call.function]?.name === 'constructor';
    return isNew(call) && livesOn && graph.makesClient(facts.path, call.index);
  });
  return made.map((call) => ({ facts, call }));
}

/** By file that makes a client: the other files whose queries run on it. */
function usersOf(graph: ProjectGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const {
    origin,
    file,
    function: { role },
  } of graph.sites) {
    if (origin === null || origin === file || role !== 'app') continue;
    const files = users.get(origin) ?? new Set();
    users.set(origin, files.add(file));
  }
  return users;
}

/** `globalThis.prisma ?? new PrismaClient()`: what a reload, or another file, left there is taken over. */
function isSharedByGlobal({ facts, call }: Made): boolean {
  if (facts.functions[call.function]?.name === 'constructor') return false;
  const calls = [...sameClient(facts, call)].flatMap((index) => facts.calls[index] ?? []);
  const isField = facts.classes.some(({ members }) =>
    members.some(({ value }) => value?.kind === 'call' && value.call === call.index),
  );
  const stored = calls.some(({ usage }) => usage.some((use) => use.kind === 'escape' && use.reason === 'stored'));
  return call.branches.length > 0 || (stored && !isField);
}

function sharedBeside(
  graph: ProjectGraph,
  own: Made,
  made: readonly Made[],
  users: ReadonlyMap<string, ReadonlySet<string>>,
  processes: Processes,
): Location | null {
  const home = graph.packageOf(own.facts.path);
  for (const [origin, files] of users) {
    const beside = [...files].filter((file) => file !== own.facts.path && graph.packageOf(file) === home);
    if (origin === own.facts.path || graph.role(origin) !== 'app' || isFirstOf(graph, own, origin)) continue;
    if (!beside.some((file) => processes.share(file, own.facts.path))) continue;
    const other = made.find(({ facts }) => facts.path === origin);
    if (other && !sameDatabase(graph, own, other)) continue;
    return placeOf(graph, origin, other);
  }
  return null;
}

/** The instance of a class of that file, unless a container makes one already. */
function isFirstOf(graph: ProjectGraph, { facts, call: { callee } }: Made, origin: string): boolean {
  if (callee.root.kind !== 'import') return false;
  const name = callee.path.at(-1) ?? facts.imports[callee.root.import]?.name;
  const made = graph.files.get(origin)?.classes.find((each) => each.name === name);
  return made !== undefined && made.decorators.length === 0;
}

function placeOf(graph: ProjectGraph, origin: string, made: Made | undefined): Location {
  const span = made?.call.span ?? graph.files.get(origin)?.classes[0]?.span ?? { start: 0, end: 0 };
  return { file: origin, span: { start: span.start, end: Math.min(span.end, span.start + 16) } };
}

/** A replica, a log of its own: made from something the other is not made from. */
function sameDatabase(graph: ProjectGraph, a: Made, b: Made): boolean {
  const [own, other] = [a, b].map(({ facts, call }) => environment(groundsOf(graph, facts, call).names));
  return own !== undefined && other !== undefined && [...own].every((name) => other.has(name));
}

function environment(names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].filter((name) => /env\.|_URL|url|connection/i.test(name)));
}

/** Where no client is shared: files that answer requests of one application, each with its own. */
function* withoutShared(graph: ProjectGraph, alone: readonly Made[], processes: Processes): Generator<SecondClient> {
  const groups = Map.groupBy(alone, ({ facts }) => graph.packageOf(facts.path));
  for (const group of groups.values()) {
    const together = group.filter((each) =>
      group.some(
        (other) =>
          other.facts !== each.facts &&
          processes.share(other.facts.path, each.facts.path) &&
          sameDatabase(graph, each, other),
      ),
    );
    const count = new Set(together.map(({ facts }) => facts.path)).size;
    for (const each of together) yield { ...each, shared: null, count };
  }
}
