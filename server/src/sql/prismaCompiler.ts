import type { JsonQuery, RuntimeDataModel } from '@prisma/client/runtime/client';
import type { Arguments } from './clientArguments.ts';
import { engineArguments, JSON_NULLS } from './clientArguments.ts';
import { loadEngine } from './compilerEngine.ts';
import { searchesApart } from './searchParameters.ts';

/** Databases Prisma's compiler writes SQL for. */
export type SqlProvider = 'postgresql' | 'mysql' | 'sqlite' | 'sqlserver' | 'cockroachdb';

/** What a compiler is opened with: the schema, and what the client would know of its adapter and version. */
export interface CompilerOptions {
  /** The whole schema, several files put together; without the datasource's `url`, which Prisma 7 refuses. */
  readonly schema: string;
  /** The same schema as Prisma's parser gives it. */
  readonly datamodel: unknown;
  readonly provider: SqlProvider;
  /** What the driver adapter says of its database: whether it can join rows of relations as JSON. */
  readonly supportsRelationJoins: boolean;
  /** The schema or database the adapter is told to write before tables that name none. */
  readonly schemaName?: string | undefined;
  /** How many parameters the adapter takes in one statement, where it says so: 98 on D1. The compiler knows those of the databases. */
  readonly maxBindValues?: number | undefined;
  readonly previewFeatures: readonly string[];
  /** What the client's constructor is told to leave out, by delegate (`user`) and field, unless a call says otherwise. */
  readonly omit?: Readonly<Record<string, Readonly<Record<string, boolean>>>> | undefined;
  /** Clients from 7.4 on compile a call once for all its values, which shows in the text of searches only. */
  readonly valuesApart: boolean;
}

/** A call as it reaches the client. */
export interface Call {
  readonly model: string;
  readonly operation: string;
  readonly args: Arguments;
}

/** Prisma's own compiler over one schema; throws what Prisma throws where the arguments are impossible, and a `CompilerPanic` where it crashes. */
export interface PrismaCompiler {
  /** A call as the compiler is asked for it: of equal requests one answer is enough. */
  request(call: Call): string;
  /** The plan of one request. */
  answer(request: string): unknown;
  /** The plan of several `findUnique` that are sent together. */
  batchPlan(calls: readonly Call[]): unknown;
  /** Gives its memory back. */
  free(): void;
}

/** The oldest and the newest client write the same SQL for what we compile; the version stands only in error texts. */
const CLIENT_VERSION = '7';

/** Loads the database's compiler on first use, some ten milliseconds and as many megabytes. */
export async function openCompiler(options: CompilerOptions): Promise<PrismaCompiler> {
  const [runtime, engine] = await Promise.all([import('./prismaRuntime.ts'), loadEngine(options.provider)]);
  const datamodel = runtime.dmmfToRuntimeDataModel(
    options.datamodel as Parameters<typeof runtime.dmmfToRuntimeDataModel>[0],
  );
  const compiler = engine.open({
    datamodel: options.schema,
    provider: DIALECTS[options.provider],
    connectionInfo: connectionInfo(options),
  });
  const query = (call: Call) => {
    const written = serialise(runtime, datamodel, options, call);
    return options.valuesApart ? searchesApart(written) : written;
  };
  return {
    request: (call) => JSON.stringify(query(call)),
    answer: (request) => compiler.ask((live) => live.compile(request)),
    batchPlan: (calls) => {
      const request = JSON.stringify({ batch: calls.map(query), transaction: null });
      return compiler.ask((live) => live.compileBatch(request));
    },
    free: () => compiler.free(),
  };
}

function connectionInfo({ supportsRelationJoins, schemaName, maxBindValues }: CompilerOptions) {
  return {
    supportsRelationJoins,
    ...(schemaName === undefined ? {} : { schemaName }),
    ...(maxBindValues === undefined ? {} : { maxBindValues }),
  };
}

/** The names the compilers themselves know. */
const DIALECTS: Readonly<Record<SqlProvider, string>> = {
  postgresql: 'postgres',
  cockroachdb: 'postgres',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'sqlserver',
};

type Runtime = typeof import('./prismaRuntime.ts');
type Serialised = Parameters<Runtime['serializeJsonQuery']>[0];

/** The client deletes from what it is given, so that it gets a copy. */
function serialise(
  runtime: Runtime,
  runtimeDataModel: RuntimeDataModel,
  { previewFeatures, omit }: CompilerOptions,
  { model, operation, args }: Call,
): JsonQuery {
  return runtime.serializeJsonQuery({
    modelName: model,
    action: operation as Serialised['action'],
    args: copied(runtime, engineArguments(operation, args)) as NonNullable<Serialised['args']>,
    runtimeDataModel,
    clientMethod: `${model}.${operation}`,
    errorFormat: 'minimal',
    clientVersion: CLIENT_VERSION,
    previewFeatures: [...previewFeatures],
    ...(omit ? { globalOmit: omit } : {}),
  });
}

function copied(runtime: Runtime, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => copied(runtime, each));
  if (typeof value === 'symbol') return nullOf(runtime, value);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(runtime, inner)]));
}

function nullOf({ DbNull, JsonNull, AnyNull }: Runtime, value: symbol): unknown {
  if (value === JSON_NULLS.DbNull) return DbNull;
  return value === JSON_NULLS.JsonNull ? JsonNull : AnyNull;
}
