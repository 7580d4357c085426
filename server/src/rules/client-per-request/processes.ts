import type { ProjectGraph } from '#graph/projectGraph.ts';

/** Which files run in one process. */
export interface Processes {
  /** Whether some program loads both files. */
  share(a: string, b: string): boolean;
}

/** Programs are told by where imports begin: a file nobody imports is one, and all files that answer requests for a package are one together. */
export function createProcesses(graph: ProjectGraph): Processes {
  const importers = new Map<string, string[]>();
  for (const file of graph.files.keys())
    for (const target of graph.imports(file)) importers.set(target, [...(importers.get(target) ?? []), file]);
  const known = new Map<string, ReadonlySet<string>>();

  function programs(file: string): ReadonlySet<string> {
    const done = known.get(file);
    if (done) return done;
    const found = new Set<string>();
    const seen = new Set([file]);
    const queue = [file];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const from = importers.get(next) ?? [];
      if (from.length === 0 && graph.role(next) === 'app') found.add(next);
      if (answersRequests(graph, next)) found.add(`answers of ${graph.packageOf(next)}`);
      for (const each of from) if (!seen.has(each)) queue.push(each);
      for (const each of from) seen.add(each);
    }
    known.set(file, found);
    return found;
  }

  return {
    share: (a, b) => {
      const others = programs(b);
      return [...programs(a)].some((program) => others.has(program));
    },
  };
}

function answersRequests(graph: ProjectGraph, file: string): boolean {
  const entries = graph.files.get(file)?.entryPoints ?? [];
  return entries.some(({ kind }) => kind !== 'job' && kind !== 'command');
}
