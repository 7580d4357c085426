import type { Span } from '#shared/location.ts';
import { type Datamodel, lintSchema, type PrismaFile, readDatamodel, type SchemaError } from './prismaWasm.ts';
import { blankSpans, type ScannedFile, type SchemaBlock } from './scanSchema.ts';

const EMPTY: Datamodel = { enums: [], models: [], indexes: [] };
/** Rounds in which a wrong line costs only itself; after them it costs its block. */
const LINE_ROUNDS = 4;
const MAX_ROUNDS = 10;

/** Says what is wrong with a schema and saves what it can: wrong lines are blanked until the rest parses. */
export function readBrokenSchema(
  files: readonly ScannedFile[],
  bodies: readonly PrismaFile[],
  header: PrismaFile,
): { readonly datamodel: Datamodel; readonly errors: readonly SchemaError[] } {
  const errors = errorsOf(files, bodies, header);
  let rest = bodies.map((body, at) =>
    blanked(
      body,
      unclosedBlocks(files[at]).map(({ span }) => span),
    ),
  );
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const datamodel = readDatamodel([header, ...rest]);
    if (datamodel !== null) return { datamodel, errors };
    const found = lintSchema([header, ...rest]);
    if (found.length === 0) break;
    const wrong = (text: string, at: number) => (error: SchemaError) =>
      brokenSpan(error, files[at], text, round >= LINE_ROUNDS);
    rest = rest.map((body, at) => {
      const own = found.filter((error) => error.file === body[0]);
      return blanked(body, own.map(wrong(body[1], at)));
    });
  }
  return { datamodel: EMPTY, errors };
}

/** Never empty: a parser that fails without a word is an error too. */
function errorsOf(
  files: readonly ScannedFile[],
  bodies: readonly PrismaFile[],
  header: PrismaFile,
): readonly SchemaError[] {
  const unclosed = files.flatMap((file) => unclosedBlocks(file).map((block) => notClosed(block, file.path)));
  if (unclosed.length > 0) return unclosed;
  const errors = lintSchema([header, ...bodies]).filter((error) => error.file !== header[0]);
  const message = 'Prisma cannot read this schema and does not say why. Run "prisma validate" on it.';
  return errors.length > 0 ? errors : [{ file: files[0]?.path ?? '', start: 0, end: 0, message }];
}

/** Prisma takes every later line for wrong then; one word about the block says more. */
function notClosed(block: SchemaBlock, file: string): SchemaError {
  return {
    file,
    ...block.head,
    message: `The ${block.kind} "${block.name}" is not closed. Add a line with } at its end.`,
  };
}

/** What must go so that an error goes: its line inside a block, or the block when the error is about the block. */
function brokenSpan(error: SchemaError, file: ScannedFile | undefined, text: string, wholeBlock: boolean): Span {
  const block = file?.blocks.find(({ span }) => error.start >= span.start && error.start < span.end);
  if (block === undefined) return lineAt(text, error.start);
  const line = block.lines.find(({ span }) => error.start < span.end);
  return wholeBlock || line === undefined || error.start <= block.head.end ? block.span : line.span;
}

function lineAt(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end === -1 ? text.length : end };
}

function unclosedBlocks(file: ScannedFile | undefined): readonly SchemaBlock[] {
  return file?.blocks.filter(({ close }) => close === null) ?? [];
}

function blanked([name, text]: PrismaFile, spans: readonly Span[]): PrismaFile {
  return [name, blankSpans(text, spans)];
}
