import { findSourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A place in the application's own code; lines and columns are 1-based. */
export interface CallSite {
  /** Absolute, or as the loader names it where it is no file. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The code has been built, and no source map was at hand. */
  readonly generated: boolean;
}

/** The place in the source of a place in what runs, as far as the process knows the map: Node does with `--enable-source-maps`. */
export function sourcePlace(file: string, line: number, column: number): CallSite {
  const entry = mapOf(file)?.findEntry(line - 1, column - 1);
  if (entry && 'originalSource' in entry)
    return {
      file: pathOf(entry.originalSource),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
      generated: false,
    };
  return { file: pathOf(file), line, column, generated: !/\.[cm]?tsx?$/.test(file) };
}

function mapOf(file: string) {
  try {
    return findSourceMap(pathOf(file)) ?? findSourceMap(file);
  } catch {
    return undefined;
  }
}

/** `file:` addresses, and those a bundler gives its modules, as paths. */
function pathOf(name: string): string {
  if (name.startsWith('file:')) return fileURLToPath(name);
  return name.replace(/^webpack(?:-internal)?:\/\/[^/]*\/(?:\([^)]*\)\/)?(?:\.\/)?/, '');
}
