import type { FileFacts } from '#syntax/facts.ts';
import type { LinkedFile } from './link/entities.ts';
import { linkedFile } from './link/link.ts';
import { NO_TRACE, type Trace } from './trace.ts';

/** The same files; whose facts are looked at is written down. */
export function tracedFiles(files: ReadonlyMap<string, FileFacts>, trace: Trace): ReadonlyMap<string, FileFacts> {
  if (trace === NO_TRACE) return files;
  const all = () => {
    trace.note('everything', '');
    return files;
  };
  return {
    get: (path) => {
      trace.note('file', path);
      return files.get(path);
    },
    has: (path) => files.has(path),
    size: files.size,
    forEach: (visit) => all().forEach(visit),
    keys: () => all().keys(),
    values: () => all().values(),
    entries: () => all().entries(),
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
}

/** As {@link tracedFiles}, for following values. */
export function tracedLinks(files: ReadonlyMap<string, LinkedFile>, trace: Trace): Pick<typeof files, 'get'> {
  if (trace === NO_TRACE) return files;
  const made = new Map<string, LinkedFile>();
  return {
    get: (path) => {
      const known = made.get(path);
      const file = known ? undefined : files.get(path);
      if (!file) return known;
      const traced = linkedFile(path, file.facts, trace, file.role);
      made.set(path, traced);
      return traced;
    },
  };
}
