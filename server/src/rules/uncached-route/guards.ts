import type { EntryPoint, FunctionId, ProjectGraph, Table } from '#graph/projectGraph.ts';
import { demandsIdentity } from '#syntax/evidence/evidenceNames.ts';
import type { FileFacts } from '#syntax/facts.ts';
import { folderOf, isLayout } from './layouts.ts';

interface Guards {
  /** Folders whose Nest module guards every route. */
  readonly modules: readonly string[];
  /** Folders whose layout looks at who asks. */
  readonly layouts: readonly string[];
}

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

const GUARDS: Table<Guards> = {
  name: 'guards',
  read: (graph) => new Map([['all', readGuards(graph)]]),
  same: (a, b) => a.modules.join() === b.modules.join() && a.layouts.join() === b.layouts.join(),
};

function guardsOf(graph: ProjectGraph): Guards {
  return graph.lookUp(GUARDS, 'all') ?? { modules: [], layouts: [] };
}

function readGuards(graph: ProjectGraph): Guards {
  return {
    modules: [...graph.files].filter(([, facts]) => registersGuard(graph, facts)).map(([file]) => packageOf(file)),
    layouts: graph.entryPoints
      .filter((entry) => isLayout(entry) && graph.remember(entry, 'asks who', () => asksWho(graph, entry.handler.id)))
      .map(({ file }) => folderOf(file)),
  };
}

function registersGuard(graph: ProjectGraph, facts: FileFacts): boolean {
  return graph.remember(facts, 'registers a guard', () => {
    const global =
      facts.imports.some(({ name }) => name === 'APP_GUARD') ||
      facts.calls.some(({ callee }) => callee.path.at(-1) === 'useGlobalGuards');
    return (
      global && facts.imports.some(({ name }) => demandsIdentity(name) && /guard/i.test(name) && name !== 'APP_GUARD')
    );
  });
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
