import { parse } from 'jsonc-parser';
import { isObject } from '#shared/jsonObject.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { folderOf, foldersUp, isInside } from './paths.ts';
import { guessBuiltSource, guessSource } from './sourceGuess.ts';

/** One `package.json` of the project. */
export interface Manifest {
  readonly folder: string;
  readonly name: string | null;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface Manifests {
  /** Package a file belongs to, null above the first manifest. */
  nearest(path: string): Manifest | null;
  /** Source file behind `name` or `name/sub` when the project contains that package. */
  source(specifier: string): string | null;
  /** Source file behind a `#name` import of the package around `folder`. */
  ownImport(folder: string, specifier: string): string | null;
  folderOfPackage(name: string): string | null;
}

/** Conditions in the order in which source is most likely found. */
const CONDITIONS = ['source', 'development', 'types', 'import', 'module', 'node', 'default', 'require'];
const ENTRY_FIELDS = ['source', 'types', 'typings', 'module', 'main'];
const ENTRY_GUESSES = ['src/index', 'index', 'src/main', 'lib/index', 'src'];

export function readManifests(workspace: Workspace, files: ReadonlySet<string>): Manifests {
  const byFolder = new Map<string, Manifest>();
  for (const file of files) {
    if (file !== 'package.json' && !file.endsWith('/package.json')) continue;
    const content = parseObject(workspace.read(file));
    const name = typeof content.name === 'string' && content.name !== '' ? content.name : null;
    byFolder.set(folderOf(file), { folder: folderOf(file), name, content });
  }
  const byName = new Map<string, Manifest>();
  for (const manifest of byFolder.values())
    if (manifest.name !== null && !byName.has(manifest.name)) byName.set(manifest.name, manifest);
  const nearest = (folder: string): Manifest | null => {
    for (const up of foldersUp(folder)) {
      const manifest = byFolder.get(up);
      if (manifest) return manifest;
    }
    return null;
  };
  return {
    nearest: (path) => nearest(folderOf(path)),
    source: (specifier) => {
      const manifest = byName.get(packageName(specifier));
      return manifest ? packageSource(files, manifest, specifier.slice(packageName(specifier).length + 1)) : null;
    },
    ownImport: (folder, specifier) => {
      const manifest = nearest(folder);
      return manifest ? firstSource(files, manifest.folder, mapped(manifest.content.imports, specifier)) : null;
    },
    folderOfPackage: (name) => byName.get(name)?.folder ?? null,
  };
}

/** `@scope/name` or `name` of a bare specifier. */
export function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function packageSource(files: ReadonlySet<string>, { folder, content }: Manifest, subpath: string): string | null {
  const key = subpath === '' ? '.' : `./${subpath}`;
  const exported = firstSource(files, folder, exportTargets(content.exports, key));
  if (exported !== null) return exported;
  const named =
    subpath === '' ? ENTRY_FIELDS.map((field) => content[field]).filter((entry) => typeof entry === 'string') : [];
  const guesses = subpath === '' ? ENTRY_GUESSES : [subpath, `src/${subpath}`];
  return firstSource(files, folder, named) ?? firstGuess(files, folder, guesses);
}

function exportTargets(exported: unknown, key: string): readonly string[] {
  const isMap = isObject(exported) && Object.keys(exported).some((name) => name.startsWith('.'));
  return isMap ? mapped(exported, key) : key === '.' ? targetsOf(exported) : [];
}

/** Targets of a key in an `exports` or `imports` map, `*` filled in; exact keys first, then the longest pattern. */
function mapped(map: unknown, key: string): readonly string[] {
  if (!isObject(map)) return [];
  if (Object.hasOwn(map, key)) return targetsOf(map[key]);
  const patterns = Object.keys(map).filter((pattern) => pattern.includes('*'));
  for (const pattern of patterns.sort((a, b) => b.length - a.length)) {
    const [before = '', after = ''] = pattern.split('*');
    if (!key.startsWith(before) || !key.endsWith(after) || key.length < before.length + after.length) continue;
    const filling = key.slice(before.length, key.length - after.length);
    return targetsOf(map[pattern]).map((target) => target.replaceAll('*', () => filling));
  }
  return [];
}

function targetsOf(target: unknown): readonly string[] {
  if (typeof target === 'string') return [target];
  if (Array.isArray(target)) return target.flatMap(targetsOf);
  if (!isObject(target)) return [];
  const rank = (condition: string) => CONDITIONS.indexOf(condition) + 1 || CONDITIONS.length + 1;
  return Object.keys(target)
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((condition) => targetsOf(target[condition]));
}

function firstSource(files: ReadonlySet<string>, folder: string, targets: readonly unknown[]): string | null {
  for (const target of targets) {
    const source = typeof target === 'string' ? guessBuiltSource(files, folder, target) : null;
    if (source !== null && isInside(source, folder)) return source;
  }
  return null;
}

function firstGuess(files: ReadonlySet<string>, folder: string, guesses: readonly string[]): string | null {
  for (const guess of guesses) {
    const source = guessSource(files, folder === '' ? guess : `${folder}/${guess}`);
    if (source !== null) return source;
  }
  return null;
}

/** The object a JSON text with comments holds, empty when it holds none. */
export function parseObject(text: string | null): Readonly<Record<string, unknown>> {
  const value: unknown = text === null ? null : parse(text, [], { allowTrailingComma: true });
  return isObject(value) ? value : {};
}
