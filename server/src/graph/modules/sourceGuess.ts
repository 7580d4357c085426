import { joinPath } from './paths.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const WRITTEN_AS_OUTPUT: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};
const OUTPUT_EXTENSION = /(?:\.d)?\.[cm]?[jt]sx?$/;
const OUTPUT_FOLDER = /(^|\/)(?:dist|build|lib|out|output|esm|cjs|es|dist-[\w-]+)\//;

/** The source file a path without a sure extension means: itself, with an extension, or a folder's index. */
export function guessSource(files: ReadonlySet<string>, path: string): string | null {
  if (files.has(path) && OUTPUT_EXTENSION.test(path)) return path;
  const written = /\.[cm]?jsx?$/.exec(path)?.[0];
  if (written !== undefined) {
    const stem = path.slice(0, -written.length);
    const source = (WRITTEN_AS_OUTPUT[written] ?? [])
      .map((extension) => stem + extension)
      .find((file) => files.has(file));
    if (source !== undefined) return source;
  }
  return withExtension(files, path) ?? withExtension(files, path === '' ? 'index' : `${path}/index`);
}

/** Like {@link guessSource} for what a manifest names: built output is mapped back to the source it was built from. */
export function guessBuiltSource(files: ReadonlySet<string>, folder: string, target: string): string | null {
  const direct = joinPath(folder, target);
  const found = direct === null ? null : guessSource(files, direct);
  if (found !== null) return found;
  const stem = target.replace(OUTPUT_EXTENSION, '');
  for (const variant of [
    stem.replace(OUTPUT_FOLDER, '$1src/'),
    stem.replace(OUTPUT_FOLDER, '$1'),
    stem.replace(/^(?:\.\/)?.*?\/(?=index$)/, 'src/'),
  ]) {
    const path = joinPath(folder, variant);
    const source = path === null ? null : guessSource(files, path);
    if (source !== null) return source;
  }
  return null;
}

function withExtension(files: ReadonlySet<string>, path: string): string | null {
  for (const extension of EXTENSIONS) if (files.has(path + extension)) return path + extension;
  return null;
}
