import type { TableDialect } from '#schema/columnTypes.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import { compileCall } from '#sql/compileCall.ts';
import { libraryCalls } from '../library/calls.ts';
import { librarySchema } from '../library/libraryTables.ts';
import { openTestCompiler, schemaModel } from '../support/testCompiler.ts';

export interface Library {
  readonly schema: SchemaModel;
  /** Of all calls that can be made to it, each statement once. */
  readonly statements: readonly string[];
}

/** The library as one database sees it. */
export async function openLibrary(provider: TableDialect): Promise<Library> {
  const text = librarySchema(provider);
  const compiler = await openTestCompiler(text, { provider, supportsRelationJoins: provider === 'postgresql' });
  const statements = libraryCalls(provider).flatMap(([model, operation, args = {}]) => {
    try {
      return compileCall(compiler, { model, operation, args }).map(({ sql }) => sql);
    } catch {
      return [];
    }
  });
  compiler.free();
  return { schema: schemaModel(text), statements: [...new Set(statements)] };
}
