import type { PrismaVersion, SchemaModel } from '#schema/schemaModel.ts';
import type { SqlVariant } from './siteSql.ts';

/** The newest client whose SQL ours was compared with: that of the compiler in use. */
const COMPARED = { major: 7, minor: 10 };
/** From here on a call is compiled once for all its values, which shows in the text of searches. */
const VALUES_APART = { major: 7, minor: 4 };
/** From here on `BigInt` columns in JSON are read as text. */
const BIG_INTS_AS_TEXT = { major: 7, minor: 3 };

/** Whether the project's client sends searched texts as they are and puts the `%` around them in SQL; the newest does. */
export function valuesApart(version: PrismaVersion | null): boolean {
  return version === null || !isOlder(version, VALUES_APART);
}

/** What may be different under the project's version of Prisma in SQL like this; nothing where it was compared. */
export function versionNotes(schema: SchemaModel, variants: readonly SqlVariant[]): readonly string[] {
  const version = schema.prismaVersion;
  if (version === null) return [];
  if (isNewer(version)) return [newerNote(version)];
  return [...bigIntNotes(schema, version, variants), ...writingNotes(schema, version, variants)];
}

function writingNotes(schema: SchemaModel, version: PrismaVersion, variants: readonly SqlVariant[]): readonly string[] {
  const statements = variants.flatMap((variant) => variant.statements);
  if (version.major >= COMPARED.major) {
    const searches = statements.some(({ sql }) => / I?LIKE /.test(sql));
    return searches && isUncertain(version, VALUES_APART) ? [SEARCH_NOTE] : [];
  }
  const several = statements.some(({ child }) => child);
  if (version.major === 6) return several && !usesCompiler(schema) ? [`Prisma 6 may differ: ${RUST_DIFFERENCES}`] : [];
  return [`as Prisma ${COMPARED.major} would send it; Prisma ${version.major} may differ: ${RUST_DIFFERENCES}`];
}

/** `BigInt` columns of joined relations, which older clients read as numbers. */
function bigIntNotes({ provider }: SchemaModel, version: PrismaVersion, variants: readonly SqlVariant[]) {
  const statements = variants.flatMap((variant) => variant.statements);
  const joins = provider === 'postgresql' && statements.some(({ sql }) => /JSONB_BUILD_OBJECT\([^)]*::text/.test(sql));
  if (!joins || (!isOlder(version, BIG_INTS_AS_TEXT) && !isUncertain(version, BIG_INTS_AS_TEXT))) return [];
  return ['as Prisma 7.3 and newer write it; older ones read `BigInt` columns of joined relations without `::text`'];
}

const RUST_DIFFERENCES =
  'its Rust engine writes `IN ($1)` where a relation has one parent, names each parent once, and reads implicit many-to-many relations in two statements in place of one join';
const SEARCH_NOTE = 'as Prisma 7.4 and newer write it; older ones send the `%` of a search within its value';

function isNewer({ major, minor, exact }: PrismaVersion): boolean {
  return major > COMPARED.major || (major === COMPARED.major && exact && (minor ?? 0) > COMPARED.minor);
}

function newerNote({ major, minor }: PrismaVersion): string {
  const own = minor === null ? String(major) : `${major}.${minor}`;
  return `as Prisma ${COMPARED.major}.${COMPARED.minor} would send it; the project uses ${own}, which is newer than Querylens knows`;
}

function isOlder({ major, minor, exact }: PrismaVersion, than: typeof VALUES_APART): boolean {
  return major < than.major || (major === than.major && exact && (minor ?? 0) < than.minor);
}

/** The range begins before the change and does not end there. */
function isUncertain({ major, minor, exact }: PrismaVersion, than: typeof VALUES_APART): boolean {
  return major === than.major && !exact && (minor ?? 0) < than.minor;
}

/** Prisma 6 has the compiler of 7 as a preview. */
function usesCompiler({ previewFeatures }: SchemaModel): boolean {
  return previewFeatures.includes('queryCompiler');
}
