import type { ModuleResolver } from '#graph/modules/moduleResolution.ts';
import { isInside } from '#graph/modules/paths.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { FactsReader } from './factsCache.ts';

/** As many files as can be parsed while somebody waits. */
const MAX_FILES = 40;
const SOURCE = /\.[cm]?[jt]sx?$/;

/** What the nearest files are found by. */
export interface Surroundings {
  readonly resolver: ModuleResolver;
  readonly schemas: readonly SchemaModel[];
  readonly facts: FactsReader;
}

/** Facts of some files and of what they import, nearest first, up to a number; each step is one file. */
export function* nearestFiles(
  paths: readonly string[],
  { resolver, schemas, facts }: Surroundings,
): Generator<void, ReadonlyMap<string, FileFacts>> {
  const outputs = schemas.flatMap(({ clientOutputs }) => clientOutputs);
  const files = new Map<string, FileFacts>();
  const seen = new Set(paths);
  const queue = [...paths];
  for (let path = queue.shift(); path !== undefined && files.size < MAX_FILES; path = queue.shift()) {
    const found = facts(path);
    yield;
    if (!found) continue;
    files.set(path, found);
    for (const target of importedBy(found, resolver)) {
      if (seen.has(target) || outputs.some((folder) => isInside(target, folder))) continue;
      seen.add(target);
      queue.push(target);
    }
  }
  return files;
}

function importedBy({ path, imports, exports }: FileFacts, resolver: ModuleResolver): readonly string[] {
  const named = imports.filter(({ typeOnly }) => !typeOnly).map(({ specifier }) => specifier);
  const passedOn = exports.flatMap(({ from }) => (from ? [from.specifier] : []));
  return [...named, ...passedOn]
    .map((specifier) => resolver.resolve(path, specifier))
    .flatMap((resolution) => (resolution.kind === 'file' && SOURCE.test(resolution.file) ? [resolution.file] : []));
}
