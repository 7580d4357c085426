import type { Span } from '#shared/location.ts';
import { currentText } from './olderSyntax.ts';
import {
  type Datamodel,
  lintSchema,
  type PrismaFile,
  previewFeatures,
  readDatamodel,
  type SchemaError,
} from './prismaWasm.ts';
import { blankSpans, type ScannedFile, type SchemaBlock } from './scanSchema.ts';
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
const EMPTY: Datamodel = { enums: [], models: [], indexes: [] };
/** Rounds in which a wrong line costs only itself; after them it costs its block. */
const LINE_ROUNDS = 4;
const MAX_ROUNDS = 10;

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
  const provider = candidates.length === 1 ? candidates[0] : fewestErrors(candidates, settings, bodies);
  return parseLeftOver(files, bodies, settings, provider ?? 'postgresql');
}

function parseLeftOver(
  files: readonly ScannedFile[],
  bodies: readonly PrismaFile[],
  settings: SchemaSettings,
  provider: Provider,
): ParsedSchema {
  const head = header(settings, provider);
  const unclosed = files.map((file) => file.blocks.filter(({ close }) => close === null));
  const errors = unclosed.flatMap((blocks, index) => blocks.map((block) => notClosed(block, files[index]?.path ?? '')));
  if (errors.length === 0) errors.push(...lintSchema([head, ...bodies]).filter((error) => error.file !== head[0]));
  let rest = bodies.map(([name, text], index) => blanked(name, text, unclosed[index]?.map(({ span }) => span) ?? []));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const datamodel = readDatamodel([head, ...rest]);
    if (datamodel !== null) return { datamodel, provider, errors };
    const found = lintSchema([head, ...rest]);
    rest = rest.map(([name, text], index) => {
      const own = found.filter((error) => error.file === name);
      return blanked(
        name,
        text,
        own.flatMap((error) => brokenSpans(error, files[index], text, round >= LINE_ROUNDS)),
      );
    });
  }
  return { datamodel: EMPTY, provider, errors };
}

function fewestErrors(
  candidates: readonly Provider[],
  settings: SchemaSettings,
  bodies: readonly PrismaFile[],
): Provider | undefined {
  const counted = candidates.map((provider) => ({
    provider,
    errors: lintSchema([header(settings, provider), ...bodies]).length,
  }));
  return counted.sort((a, b) => a.errors - b.errors)[0]?.provider;
}

/** What must go so that an error goes: its line inside a block, or the block when the error is about the block. */
function brokenSpans(
  error: SchemaError,
  file: ScannedFile | undefined,
  text: string,
  wholeBlock: boolean,
): readonly Span[] {
  const block = file?.blocks.find(({ span }) => error.start >= span.start && error.start < span.end);
  if (block === undefined) return [lineAt(text, error.start)];
  const line = block.lines.find(({ span }) => error.start < span.end);
  return wholeBlock || line === undefined || error.start <= block.head.end ? [block.span] : [line.span];
}

function lineAt(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end === -1 ? text.length : end };
}

/** Prisma takes every later line for wrong then; one word about the block says more. */
function notClosed(block: SchemaBlock, file: string): SchemaError {
  return {
    file,
    ...block.head,
    message: `The ${block.kind} "${block.name}" is not closed. Add a line with } at its end.`,
  };
}

function blanked(name: string, text: string, spans: readonly Span[]): PrismaFile {
  return [name, blankSpans(text, spans)];
}

function header(settings: SchemaSettings, provider: Provider): PrismaFile {
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
    `  previewFeatures = ${JSON.stringify(previewFeatures())}`,
    '}',
    '',
  ];
  return ['(settings)', lines.join('\n')];
}
