import type { EntryPoint, ProjectGraph, Table } from '#graph/projectGraph.ts';
import type { EntryPointFact } from '#syntax/facts.ts';

/** What a page says about how it is rendered. */
export type Settings = EntryPointFact['settings'];

/** Settings of a page of Next's app router, with those its layouts export for everything below them. */
export function settingsOf(graph: ProjectGraph, { file, fact }: EntryPoint): Settings {
  if (fact.framework !== 'next-app' || fact.kind !== 'page') return fact.settings;
  const above = (graph.lookUp(LAYOUTS, 'all') ?? []).filter((layout) => file.startsWith(folderOf(layout.file)));
  return Object.assign({}, ...above.map((layout) => inheritable(layout.fact.settings)), fact.settings);
}

/** Whether an entry point is a layout of Next's app router. */
export function isLayout({ file, fact }: EntryPoint): boolean {
  return fact.framework === 'next-app' && fact.kind === 'page' && /\/layout\.[cm]?[jt]sx?$/.test(file);
}

/** The folder of a file, with its slash. */
export function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

/** Outermost first, so that what is nearer to the page wins. */
const LAYOUTS: Table<readonly EntryPoint[]> = {
  name: 'layouts',
  read: ({ entryPoints }) =>
    new Map([['all', entryPoints.filter(isLayout).sort((a, b) => a.file.length - b.file.length)]]),
  same: (a, b) => a.length === b.length && a.every((layout, at) => layout === b[at]),
};

function inheritable({ buildTime: _, ...settings }: Settings): Settings {
  return settings;
}
