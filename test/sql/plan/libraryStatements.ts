import assert from 'node:assert/strict';
import type { TableDialect } from '#schema/columnTypes.ts';
import { compilableSchema } from '#schema/compilableSchema.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import { compileCall } from '#sql/compileCall.ts';
import { openCompiler } from '#sql/prismaCompiler.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { libraryCalls } from '../library/calls.ts';
import { librarySchema } from '../library/libraryTables.ts';

export interface Library {
  readonly schema: SchemaModel;
  /** Of all calls that can be made to it, each statement once. */
  readonly statements: readonly string[];
}

/** The library as one database sees it. */
export async function openLibrary(provider: TableDialect): Promise<Library> {
  const workspace = memoryWorkspace({ 'prisma/schema.prisma': librarySchema(provider) });
  const [schema] = loadSchemas(workspace).schemas;
  const compilable = schema ? compilableSchema(workspace, schema) : null;
  assert.ok(schema && compilable);
  const compiler = await openCompiler({
    schema: compilable.text,
    datamodel: compilable.datamodel,
    provider,
    supportsRelationJoins: provider === 'postgresql',
    previewFeatures: [],
    valuesApart: true,
  });
  const statements = libraryCalls(provider).flatMap(([model, operation, args = {}]) => {
    try {
      return compileCall(compiler, { model, operation, args }).map(({ sql }) => sql);
    } catch {
      return [];
    }
  });
  compiler.free();
  return { schema, statements: [...new Set(statements)] };
}
