import type { ProjectGraph } from '#graph/projectGraph.ts';

interface Mount {
  readonly from: string;
  readonly wrappers: readonly string[];
}

const known = new WeakMap<ProjectGraph, ReadonlyMap<string, readonly Mount[]>>();

/** Names of middleware set where the file's router is hung on another one: `app.use('/admin', requireAdmin, adminRouter)`. */
export function inheritedWrappers(graph: ProjectGraph, file: string): readonly string[] {
  const mounts = known.get(graph) ?? readMounts(graph);
  known.set(graph, mounts);
  const names: string[] = [];
  const files = new Set([file]);
  for (const each of files)
    for (const mount of mounts.get(each) ?? []) {
      names.push(...mount.wrappers);
      files.add(mount.from);
    }
  return names;
}

function readMounts(graph: ProjectGraph): ReadonlyMap<string, readonly Mount[]> {
  const mounts = new Map<string, Mount[]>();
  for (const [from, facts] of graph.files)
    for (const { kind, handler, wrappers } of facts.entryPoints) {
      if (kind !== 'middleware') continue;
      const to = graph.resolve(from, handler).file;
      if (to !== from) mounts.set(to, [...(mounts.get(to) ?? []), { from, wrappers }]);
    }
  return mounts;
}
