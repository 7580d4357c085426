import type { Workspace } from '#workspace/workspace.ts';
import { type Manifests, packageName, parseObject } from './packageManifests.ts';
import { folderOf, foldersUp, joinPath } from './paths.ts';

/** Where the compiler settings around a folder look for a non-relative specifier: paths without extension, best first. */
export type AliasLookup = (folder: string, specifier: string) => AliasedPaths;

export interface AliasedPaths {
  /** By an entry of `paths` that names more than `*`: the specifier means this project. */
  readonly named: readonly string[];
  /** By `baseUrl` or a catch-all entry: it may as well be a package. */
  readonly loose: readonly string[];
}

interface Alias {
  readonly before: string;
  readonly after: string;
  readonly exact: boolean;
  readonly targets: readonly string[];
}

interface CompilerPaths {
  readonly aliases: readonly Alias[];
  /** Folder of `baseUrl`, null when not set. */
  readonly base: string | null;
}

const NO_PATHS: CompilerPaths = { aliases: [], base: null };
const MAX_EXTENDS = 8;

/** Reads `paths` and `baseUrl` of the tsconfig or jsconfig files from a folder upwards, through `extends` and `references`. */
export function readAliases(workspace: Workspace, files: ReadonlySet<string>, manifests: Manifests): AliasLookup {
  const configs = configsByFolder(files);
  const cache = new Map<string, CompilerPaths>();
  const pathsIn = (folder: string): readonly CompilerPaths[] =>
    (configs.get(folder) ?? []).map((file) => {
      const known = cache.get(file) ?? readConfig(workspace, manifests, file, MAX_EXTENDS);
      cache.set(file, known);
      return known;
    });
  const chains = new Map<string, readonly CompilerPaths[]>();
  const chain = (folder: string): readonly CompilerPaths[] => {
    const known = chains.get(folder) ?? [...foldersUp(folder)].flatMap(pathsIn);
    chains.set(folder, known);
    return known;
  };
  return (folder, specifier) => {
    const found = chain(folder).map((paths) => lookUp(paths, specifier));
    return { named: found.flatMap(({ named }) => named), loose: found.flatMap(({ loose }) => loose) };
  };
}

/** `tsconfig.json` before its variants, which solution-style configs refer to. */
function configsByFolder(files: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const configs = new Map<string, string[]>();
  for (const file of files) {
    if (!/(?:^|\/)[jt]sconfig[^/]*\.json$/.test(file)) continue;
    const folder = folderOf(file);
    configs.set(folder, [...(configs.get(folder) ?? []), file]);
  }
  const rank = (file: string) => (file.endsWith('sconfig.json') ? 0 : 1);
  for (const list of configs.values()) list.sort((a, b) => rank(a) - rank(b));
  return configs;
}

function lookUp({ aliases, base }: CompilerPaths, specifier: string): AliasedPaths {
  const matching = aliases
    .filter((alias) => matches(alias, specifier))
    .sort((a, b) => b.before.length - a.before.length);
  const named = matching.filter(({ before }) => before !== '').flatMap((alias) => filled(alias, specifier));
  const loose = matching.filter(({ before }) => before === '').flatMap((alias) => filled(alias, specifier));
  const fromBase = base === null ? null : joinPath(base, specifier);
  return { named, loose: fromBase === null ? loose : [...loose, fromBase] };
}

function filled({ before, after, exact, targets }: Alias, specifier: string): readonly string[] {
  const filling = specifier.slice(before.length, specifier.length - after.length);
  return exact ? targets : targets.map((target) => target.replace('*', () => filling));
}

function matches({ before, after, exact }: Alias, specifier: string): boolean {
  if (exact) return specifier === before;
  return specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);
}

function readConfig(workspace: Workspace, manifests: Manifests, file: string, depth: number): CompilerPaths {
  const text = depth === 0 ? null : workspace.read(file);
  if (text === null) return NO_PATHS;
  const config = parseObject(text);
  const folder = folderOf(file);
  const inherited = [config.extends]
    .flat()
    .filter((name) => typeof name === 'string')
    .map((name) => extendedFile(workspace, manifests, folder, name))
    .filter((parent) => parent !== null)
    .map((parent) => readConfig(workspace, manifests, parent, depth - 1))
    .reduce(
      (merged, next) => ({
        aliases: next.aliases.length > 0 ? next.aliases : merged.aliases,
        base: next.base ?? merged.base,
      }),
      NO_PATHS,
    );
  return ownPaths(config, folder, inherited);
}

function ownPaths(config: Readonly<Record<string, unknown>>, folder: string, inherited: CompilerPaths): CompilerPaths {
  const options = asRecord(config.compilerOptions);
  const base = typeof options.baseUrl === 'string' ? joinPath(folder, here(options.baseUrl)) : inherited.base;
  if (options.paths === undefined) return { ...inherited, base };
  const aliases = Object.entries(asRecord(options.paths)).map(([pattern, targets]) =>
    toAlias(pattern, targets, base ?? folder),
  );
  return { aliases, base };
}

function toAlias(pattern: string, targets: unknown, folder: string): Alias {
  const [before = '', after] = pattern.split('*');
  const paths = (Array.isArray(targets) ? targets : [])
    .filter((target) => typeof target === 'string')
    .map((target) => joinPath(folder, here(target)))
    .filter((path) => path !== null);
  return { before, after: after ?? '', exact: after === undefined, targets: paths };
}

function extendedFile(workspace: Workspace, manifests: Manifests, folder: string, name: string): string | null {
  const base = name.startsWith('.') ? joinPath(folder, name) : packageFile(manifests, name);
  if (base === null) return null;
  return (
    [base, `${base}.json`, `${base}/tsconfig.json`].find(
      (file) => file.endsWith('.json') && workspace.read(file) !== null,
    ) ?? null
  );
}

function packageFile(manifests: Manifests, name: string): string | null {
  const folder = manifests.folderOfPackage(packageName(name));
  return folder === null ? null : joinPath(folder, name.slice(packageName(name).length + 1));
}

function here(path: string): string {
  return path.replace(/^\$\{configDir\}/, '.');
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
