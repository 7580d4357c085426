import type { ProjectGraph } from '#graph/projectGraph.ts';
import { type CompilableSchema, compilableSchema } from '#schema/compilableSchema.ts';
import type { Provider, SchemaModel } from '#schema/schemaModel.ts';
import type { Workspace } from '#workspace/workspace.ts';
import { adapterFacts } from './adapterFacts.ts';
import { type CompilerOptions, openCompiler, type PrismaCompiler, type SqlProvider } from './prismaCompiler.ts';
import { refusalText } from './refusalText.ts';
import { valuesApart } from './versionNotes.ts';

/** A schema whose queries can be compiled, or why they cannot. */
export type OpenedSchema =
  | { readonly kind: 'open'; readonly compiler: PrismaCompiler; readonly provider: SqlProvider }
  | { readonly kind: 'closed'; readonly reason: string };

/** Never rejects. */
export async function openSchema(
  workspace: Workspace,
  schema: SchemaModel,
  graph: ProjectGraph | null,
): Promise<OpenedSchema> {
  const compilable = compilableSchema(workspace, schema);
  if (!compilable) return closed(`Prisma refuses the schema ${schema.path}`);
  const provider = sqlProvider(compilable.provider);
  if (provider === null) return closed('MongoDB is not asked in SQL');
  const adapter = graph ? adapterFacts(graph, provider) : {};
  try {
    return {
      kind: 'open',
      provider,
      compiler: await openCompiler({ ...compilerOptions(compilable, provider, schema), ...adapter }),
    };
  } catch (error) {
    return closed(`Prisma's compiler refuses the schema ${schema.path}: ${refusalText(error)}`);
  }
}

/** The database SQL is written for; null where it is not asked in SQL. */
export function sqlProvider(provider: Provider): SqlProvider | null {
  return provider === 'mongodb' ? null : provider;
}

function closed(reason: string): OpenedSchema {
  return { kind: 'closed', reason };
}

function compilerOptions(
  { text, datamodel }: CompilableSchema,
  provider: SqlProvider,
  schema: SchemaModel,
): CompilerOptions {
  return {
    schema: text,
    datamodel,
    provider,
    supportsRelationJoins: provider !== 'sqlite' && provider !== 'sqlserver',
    previewFeatures: schema.previewFeatures,
    valuesApart: valuesApart(schema.prismaVersion),
  };
}
