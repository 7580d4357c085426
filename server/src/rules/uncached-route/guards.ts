import type { EntryPoint, FunctionId, ProjectGraph } from '#graph/projectGraph.ts';
import { demandsIdentity } from '#syntax/evidence/evidenceNames.ts';
import { folderOf, isLayout } from './layouts.ts';

interface Guards {
  /** Folders whose Nest module guards every route. */
  readonly modules: readonly string[];
  /** Folders whose layout looks at who asks. */
  readonly layouts: readonly string[];
}

const known = new WeakMap<ProjectGraph, Guards>();

/** A guard registered for the whole application: Nest's `APP_GUARD`, `app.useGlobalGuards(…)`. */
export function guardedByModule(graph: ProjectGraph, { file, fact }: EntryPoint): boolean {
  return fact.framework === 'nest' && guardsOf(graph).modules.some((folder) => file.startsWith(folder));
}

/** A page below a layout that asks for the user is behind its door. */
export function guardedByLayout(graph: ProjectGraph, { file, fact }: EntryPoint): boolean {
  return (
    fact.framework === 'next-app' &&
    fact.kind === 'page' &&
    guardsOf(graph).layouts.some((folder) => file.startsWith(folder))
  );
}

function guardsOf(graph: ProjectGraph): Guards {
  const guards = known.get(graph) ?? {
    modules: [...graph.files.keys()].filter((file) => registersGuard(graph, file)).map(packageOf),
    layouts: graph.entryPoints
      .filter((entry) => isLayout(entry) && asksWho(graph, entry.handler.id))
      .map(({ file }) => folderOf(file)),
  };
  known.set(graph, guards);
  return guards;
}

function registersGuard(graph: ProjectGraph, file: string): boolean {
  const facts = graph.files.get(file);
  if (!facts) return false;
  const global =
    facts.imports.some(({ name }) => name === 'APP_GUARD') ||
    facts.calls.some(({ callee }) => callee.path.at(-1) === 'useGlobalGuards');
  return (
    global && facts.imports.some(({ name }) => demandsIdentity(name) && /guard/i.test(name) && name !== 'APP_GUARD')
  );
}

function asksWho(graph: ProjectGraph, handler: FunctionId): boolean {
  const seen = new Set([handler]);
  for (const id of seen) {
    if (seen.size > 200) return false;
    if (graph.evidenceIn(id).some((each) => each.kind === 'user')) return true;
    for (const { to } of graph.callees(id)) seen.add(to);
  }
  return false;
}

/** Where the application's sources begin: guards are often registered in a folder beside the controllers. */
function packageOf(file: string): string {
  const source = file.lastIndexOf('/src/');
  return source < 0 ? folderOf(file) : file.slice(0, source + 5);
}
