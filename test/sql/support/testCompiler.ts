import assert from 'node:assert/strict';
import { compilableSchema } from '#schema/compilableSchema.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import { type CompilerOptions, openCompiler, type PrismaCompiler } from '#sql/prismaCompiler.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import type { Workspace } from '#workspace/workspace.ts';
import type { Database } from './databases/database.ts';

/** A compiler of the newest version for a schema's text. */
export function openTestCompiler(
  text: string,
  options: Pick<CompilerOptions, 'provider' | 'supportsRelationJoins'> & Partial<CompilerOptions>,
): Promise<PrismaCompiler> {
  const workspace = workspaceOf(text);
  const schema = schemaModel(text);
  const compilable = compilableSchema(workspace, schema);
  assert.ok(compilable, 'Prisma refuses the schema');
  return openCompiler({
    schema: compilable.text,
    datamodel: compilable.datamodel,
    previewFeatures: schema.previewFeatures,
    valuesApart: true,
    ...options,
  });
}

/** A compiler that knows of a database what its driver adapter says. */
export async function compilerFor(
  text: string,
  { adapter, provider }: Database,
  options: Partial<CompilerOptions> = {},
): Promise<PrismaCompiler> {
  const connection = await adapter.connect();
  const facts = connection.getConnectionInfo?.() ?? { supportsRelationJoins: false };
  await connection.dispose();
  return openTestCompiler(text, { provider, ...facts, ...options });
}

export function schemaModel(text: string): SchemaModel {
  const [schema] = loadSchemas(workspaceOf(text)).schemas;
  assert.ok(schema, 'there is no schema');
  return schema;
}

function workspaceOf(text: string): Workspace {
  return memoryWorkspace({ 'prisma/schema.prisma': text });
}
