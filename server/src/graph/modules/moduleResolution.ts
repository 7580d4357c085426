import { packagesWithDrivers } from '#schema/drivers.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { type Manifest, packageName, readManifests } from './packageManifests.ts';
import { folderOf, joinPath } from './paths.ts';
import { guessSource } from './sourceGuess.ts';
import { readAliases } from './tsconfigPaths.ts';

/** What an import specifier leads to. */
export type Resolution =
  | { readonly kind: 'file'; readonly file: string }
  /** Another project's code; `name` is the package. */
  | { readonly kind: 'package'; readonly name: string }
  /** Means a file of this project that is not there, such as a client not generated yet; `paths` are the places looked at. */
  | { readonly kind: 'missing'; readonly paths: readonly string[] };

/** Where imports lead, by manifests and compiler settings. */
export interface ModuleResolver {
  resolve(fromFile: string, specifier: string): Resolution;
  /** Package a file belongs to. */
  manifest(file: string): Manifest | null;
  /** Whether a manifest of the project asks for a driver or query builder: else none is looked for. */
  readonly hasDrivers: boolean;
}

/** Folders behind the prefixes frameworks define without a tsconfig entry, relative to the package. */
const CONVENTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['@/', ['src/', '', 'app/']],
  ['~/', ['src/', 'app/', '']],
  ['~~/', ['']],
  ['$lib/', ['src/lib/']],
  ['src/', ['src/']],
  ['$/', ['src/', '']],
];

/** Whether a file's text, and not only its being there, decides what specifiers mean. */
export function decidesModules(path: string): boolean {
  return SETTINGS.test(path);
}

const SETTINGS = /(?:^|\/)(?:package|[jt]sconfig[^/]*)\.json$/;

/** Resolves specifiers from the workspace's file list, manifests and compiler settings alone; every answer is remembered. */
export function createModuleResolver(workspace: Workspace): ModuleResolver {
  const files: ReadonlySet<string> = new Set(workspace.files());
  const manifests = readManifests(workspace, files);
  const aliases = readAliases(workspace, files, manifests);
  const scopeOf = settingsScopes(files);
  const answers = new Map<string, Map<string, Resolution>>();
  const answersIn = (folder: string): Map<string, Resolution> => {
    const known = answers.get(folder) ?? new Map<string, Resolution>();
    answers.set(folder, known);
    return known;
  };

  function resolveAnew(folder: string, specifier: string): Resolution {
    const bare = specifier.replace(/[?!].*$/, '');
    if (isRelative(bare)) return firstFile([joinPath(folder, bare)]);
    const { named, loose } = aliases(folder, bare);
    const local = firstFile([...named, ...loose]);
    if (local.kind === 'file') return local;
    const own = bare.startsWith('#') ? manifests.ownImport(folder, bare) : manifests.source(bare);
    if (own !== null) return { kind: 'file', file: own };
    const conventional = firstFile(conventionalPaths(manifests.nearest(`${folder}/x`), bare));
    if (conventional.kind === 'file') return conventional;
    const meantHere = [...named, ...conventional.paths].filter((path) => !path.includes('node_modules/'));
    return meantHere.length > 0 || !isPackageName(bare)
      ? { kind: 'missing', paths: meantHere }
      : { kind: 'package', name: packageName(bare) };
  }

  function firstFile(paths: readonly (string | null)[]): Extract<Resolution, { kind: 'file' | 'missing' }> {
    const looked = paths.filter((path) => path !== null);
    for (const path of looked) {
      const file = guessSource(files, path);
      if (file !== null) return { kind: 'file', file };
    }
    return { kind: 'missing', paths: looked };
  }

  return {
    resolve: (fromFile, specifier) => {
      const folder = folderOf(fromFile);
      const known = answersIn(isRelative(specifier) ? folder : scopeOf(folder));
      const resolution = known.get(specifier) ?? resolveAnew(folder, specifier);
      known.set(specifier, resolution);
      return resolution;
    },
    manifest: (file) => manifests.nearest(file),
    hasDrivers: packagesWithDrivers(workspace).length > 0,
  };
}

function conventionalPaths(manifest: Manifest | null, specifier: string): readonly string[] {
  const [prefix, folders] = CONVENTIONS.find(([start]) => specifier.startsWith(start)) ?? [];
  if (prefix === undefined || !folders) return [];
  const package_ = manifest?.folder ?? '';
  return folders.map((folder) => (package_ === '' ? '' : `${package_}/`) + folder + specifier.slice(prefix.length));
}

function isRelative(specifier: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}$)/.test(specifier);
}

/** Nearest folder upwards with settings of its own: below it, a non-relative specifier means the same everywhere. */
function settingsScopes(files: ReadonlySet<string>): (folder: string) => string {
  const scopes = new Map<string, string>([['', '']]);
  for (const file of files) if (SETTINGS.test(file)) scopes.set(folderOf(file), folderOf(file));
  const scopeOf = (folder: string): string => {
    const scope = scopes.get(folder) ?? scopeOf(folderOf(folder));
    scopes.set(folder, scope);
    return scope;
  };
  return scopeOf;
}

function isPackageName(specifier: string): boolean {
  return /^(?:@[\w.-]+\/)?[a-z\d][\w.-]*(?:\/|$)|^node:|^bun:/i.test(specifier);
}
