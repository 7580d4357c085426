import { Failure } from '#analyzer/failure.ts';
import type { Source } from '#bridge/source.ts';
import { SOURCES, sourceById } from '#bridge/sources.ts';

/** The format `--format` names, null where it names none; one that does not exist is a {@link Failure} that lists those that do. */
export function knownFormat(id: string | undefined, sources: readonly Source[] = SOURCES): Source | null {
  const source = id === undefined ? null : sourceById(id, sources);
  if (id === undefined || source) return source;
  const known = sources.map(({ id, reads }) => `  ${id.padEnd(20)} ${reads}`).join('\n');
  throw new Failure(`there is no format ${id}; these are known:\n${known}`);
}
