import { definedNames } from './scanSchema.ts';
import { isInside } from './schemaPaths.ts';
import { readSettings } from './schemaSettings.ts';
import type { SchemaSource } from './schemaSource.ts';

const SAMPLE_FOLDER = /(?:^|\/)(?:docs?|fixtures?|__fixtures__|__tests__|__mocks__)\//;
const OUTPUT_FOLDER = /(?:^|\/)(?:generated|dist|build|out|\.prisma)\//;

/** Leaves out schemas nobody's client is made from: copies beside a generated client, and samples where real schemas exist. */
export function withoutCopies(sources: readonly SchemaSource[]): readonly SchemaSource[] {
  const outputs = sources.flatMap((source) => readSettings(source.files).clientOutputs);
  const own = sources.filter(
    (source) => source.named || (!outputs.some((output) => isInside(source.path, output)) && !isCopy(source, sources)),
  );
  const real = own.filter((source) => source.named || !SAMPLE_FOLDER.test(source.path));
  return real.length === 0 ? own : real;
}

/** Says nothing that another schema does not say, from a place where generators write or without naming a database. */
function isCopy(source: SchemaSource, sources: readonly SchemaSource[]): boolean {
  const nameless = readSettings(source.files).provider === null;
  if (!nameless && !OUTPUT_FOLDER.test(source.path)) return false;
  const names = namesOf(source);
  return sources.some((other) => {
    if (other === source || OUTPUT_FOLDER.test(other.path)) return false;
    const theirs = new Set(namesOf(other));
    return theirs.size >= names.length && names.every((name) => theirs.has(name));
  });
}

function namesOf(source: SchemaSource): readonly string[] {
  return source.files.flatMap(definedNames);
}
