import type { Workspace } from '#workspace/workspace.ts';
import { compilableText, parseSchema } from './parseSchema.ts';
import type { Datamodel } from './prismaWasm.ts';
import { scanSchema } from './scanSchema.ts';
import type { Provider, SchemaModel } from './schemaModel.ts';
import { readSettings } from './schemaSettings.ts';

/** What Prisma's query compiler needs of a schema. */
export interface CompilableSchema {
  readonly text: string;
  readonly datamodel: Datamodel;
  readonly provider: Provider;
}

/** Reads a schema once more, for compiling queries against it; null where Prisma's parser refuses it. */
export function compilableSchema(workspace: Workspace, schema: SchemaModel): CompilableSchema | null {
  const files = schema.files.map((path) => scanSchema(path, workspace.read(path) ?? ''));
  const settings = readSettings(files);
  const { datamodel, provider, errors } = parseSchema(files, settings);
  return errors.length === 0 ? { text: compilableText(files, settings, provider), datamodel, provider } : null;
}
