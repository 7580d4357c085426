import { readBrokenSchema } from './brokenSchema.ts';
import { currentText } from './olderSyntax.ts';
import {
  type Datamodel,
  lintSchema,
  type PrismaFile,
  previewFeatures,
  readDatamodel,
  type SchemaError,
} from './prismaWasm.ts';
import type { ScannedFile } from './scanSchema.ts';
import type { Provider } from './schemaModel.ts';
import type { SchemaSettings } from './schemaSettings.ts';

export interface ParsedSchema {
  readonly datamodel: Datamodel;
  /** The provider the schema was understood with: its own, or the one that fits best when it names none. */
  readonly provider: Provider;
  /** Empty exactly when the whole schema was understood. */
  readonly errors: readonly SchemaError[];
}

const PROVIDERS: readonly Provider[] = ['postgresql', 'mysql', 'sqlite', 'sqlserver', 'cockroachdb', 'mongodb'];

/**
 * Parses whatever Prisma 2 to 7 wrote: datasource and generator blocks are replaced by one of ours, so nothing in them can fail.
 * Offsets stay those of the given files. With errors the datamodel holds what is left after the broken parts were taken out.
 */
export function parseSchema(files: readonly ScannedFile[], settings: SchemaSettings): ParsedSchema {
  const bodies = files.map((file): PrismaFile => [file.path, currentText(file)]);
  const candidates = settings.provider === null ? PROVIDERS : [settings.provider];
  for (const provider of candidates) {
    const datamodel = readDatamodel([header(settings, provider), ...bodies]);
    if (datamodel !== null) return { datamodel, provider, errors: [] };
  }
  const provider = settings.provider ?? fewestErrors(settings, bodies);
  return { provider, ...readBrokenSchema(files, bodies, header(settings, provider)) };
}

/** The schema as Prisma's query compiler takes it: one text, with the preview features the project itself has on. */
export function compilableText(files: readonly ScannedFile[], settings: SchemaSettings, provider: Provider): string {
  const known = new Set(previewFeatures());
  const features = settings.previewFeatures.filter((name) => known.has(name));
  const [, head] = header(settings, provider, features);
  return [head, ...files.map(currentText)].join('\n');
}

function fewestErrors(settings: SchemaSettings, bodies: readonly PrismaFile[]): Provider {
  const errors = (provider: Provider) => lintSchema([header(settings, provider), ...bodies]).length;
  const counted = PROVIDERS.map((provider) => ({ provider, count: errors(provider) }));
  return counted.toSorted((a, b) => a.count - b.count)[0]?.provider ?? 'postgresql';
}

function header(settings: SchemaSettings, provider: Provider, features = previewFeatures()): PrismaFile {
  const schemas =
    settings.databaseSchemas.length === 0 ? [] : [`  schemas = ${JSON.stringify(settings.databaseSchemas)}`];
  const lines = [
    `datasource ${settings.datasource} {`,
    `  provider = "${provider}"`,
    ...(settings.relationMode === 'prisma' ? ['  relationMode = "prisma"'] : []),
    ...schemas,
    '}',
    'generator client {',
    '  provider = "prisma-client-js"',
    `  previewFeatures = ${JSON.stringify(features)}`,
    '}',
    '',
  ];
  return ['(settings)', lines.join('\n')];
}
