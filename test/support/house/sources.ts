import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ts } from 'ts-morph';

export const ROOT = join(import.meta.dirname, '../../..');

/** Path to text of the project's own TypeScript, POSIX and relative to the root: what the rules of the house are checked on. */
export type Sources = ReadonlyMap<string, string>;

export interface ImportEdge {
  readonly from: string;
  /** Path in the project, or the package's name. */
  readonly to: string;
  /** As written. */
  readonly specifier: string;
  readonly isPackage: boolean;
}

export function readSources(): Sources {
  const patterns = [
    '{shared,server,client,probe}/src/**/*.ts',
    'client/page/**/*.{ts,tsx}',
    '{test,scripts,bench}/**/*.{ts,tsx}',
  ];
  const exclude = ['**/{fixtures,generated,node_modules,out}'];
  const paths = globSync(patterns, { cwd: ROOT, exclude }).map((path) => path.replaceAll('\\', '/'));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

/** Every import, re-export and `import()` of the sources, aliases followed. */
export function importEdges(sources: Sources, aliases: Readonly<Record<string, string>>): readonly ImportEdge[] {
  return [...sources].flatMap(([from, text]) =>
    ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => toEdge(from, fileName, aliases)),
  );
}

function toEdge(from: string, specifier: string, aliases: Readonly<Record<string, string>>): ImportEdge {
  if (specifier.startsWith('.')) return { from, to: posix.join(dirname(from), specifier), specifier, isPackage: false };
  const alias = Object.keys(aliases).find((key) => specifier.startsWith(key.slice(0, -1)));
  if (alias === undefined) return { from, to: packageName(specifier), specifier, isPackage: true };
  const to = (aliases[alias] ?? '').replace('./', '').replace('*', specifier.slice(alias.length - 1));
  return { from, to, specifier, isPackage: false };
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The layer a file belongs to: `shared`, a folder of the server, the page, or the top folder. */
export function layerOf(path: string): string {
  if (path.startsWith('client/page/')) return 'page';
  const [top = '', , layer = ''] = path.split('/');
  return top === 'server' && path.split('/').length > 3 ? layer : top;
}
