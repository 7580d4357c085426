import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { UnresolvedCall } from '#shared/finding.ts';
import type { CallFact, EntryPointFact, EvidenceFact, FileFacts, FunctionFact, LoopFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { DriverQuery } from './drivers/driverQuery.ts';
import type { Operation } from './operations.ts';

/** `path#index`: names a function of the project; made by {@link functionId} only. */
export type FunctionId = string & { readonly functionId: unique symbol };

/** The id of a function by its file and its index among the facts of that file. */
export function functionId(file: string, index: number): FunctionId {
  return `${file}#${index}` as FunctionId;
}

/** What a path says about a file's part in the project; only `app` code is reported loudly. */
export type FileRole = 'app' | 'test' | 'migration' | 'seed' | 'script' | 'fixture' | 'generated';

/** A function together with the file it is in. */
export interface FunctionNode {
  readonly id: FunctionId;
  readonly file: string;
  readonly facts: FileFacts;
  readonly fact: FunctionFact;
  readonly role: FileRole;
}

/** One Prisma call tied to its schema, or one that a driver sends: what rules, hover and attribution speak about. */
export interface QuerySite {
  /** Hash of path, enclosing symbol, model, operation and ordinal: survives line moves. */
  readonly id: string;
  readonly file: string;
  readonly facts: FileFacts;
  readonly call: CallFact;
  readonly function: FunctionNode;
  readonly schema: SchemaModel;
  /** Null for raw SQL. */
  readonly model: Model | null;
  readonly operation: Operation;
  readonly access: 'read' | 'write' | 'raw';
  /** The argument object as written; use {@link ProjectGraph.resolve} to see through names. */
  readonly args: Value | null;
  /** What the delegate was read from: `prisma`, `tx`, `ctx.db`. */
  readonly client: Reference;
  /** File in which that client is made, as far as it could be followed. */
  readonly origin: string | null;
  /** Inside an interactive transaction, or an element of `$transaction([...])`. */
  readonly transaction: 'interactive' | 'array' | null;
  /** Where its SQL comes from if it is not sent by Prisma. */
  readonly driver: DriverQuery | null;
  /** Relation fields walked by a fluent chain: `findUnique(…).author().posts()`. */
  readonly fluent: readonly string[];
}

/** `from` makes `to` run. */
export interface CallEdge {
  readonly from: FunctionId;
  readonly to: FunctionId;
  /** The call in `from`; null only for a callback stored elsewhere. */
  readonly call: CallFact;
  /** `callback`: `to` is handed to the call, which runs it. `render`: a component drawn by JSX. */
  readonly kind: 'call' | 'callback' | 'render';
  /** Set when the call runs `to` once per element: an array method, a helper that loops over its argument. */
  readonly loop: EdgeLoop | null;
}

/** The loop behind a per-element callback; its body may be in another file than the call. */
export interface EdgeLoop {
  readonly file: string;
  readonly loop: LoopFact;
  /** What is gone over, in the terms of the calling file. */
  readonly over: Value | null;
}

/** An entry point whose handler was found. */
export interface EntryPoint {
  readonly file: string;
  readonly fact: EntryPointFact;
  readonly handler: FunctionNode;
}

/** A value after names were followed, together with the file its spans and references belong to. */
export interface ResolvedValue {
  readonly file: string;
  readonly value: Value;
}

/** Something of another package, by the way to it: `client.get()` of `new Redis()` is `default`, `()`, `get` of ioredis. */
export interface PackageMember {
  readonly package: string;
  /** A call or `new` on the way is the step `()`. */
  readonly path: readonly string[];
}

/** All facts and schemas linked: who calls whom, which call is a query. Immutable; rules only ask it. */
export interface ProjectGraph {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly schemas: readonly SchemaModel[];
  /** Sorted by file and position. */
  readonly sites: readonly QuerySite[];
  readonly entryPoints: readonly EntryPoint[];
  /** Prisma-looking calls that could not be tied to a model. */
  readonly unresolved: readonly UnresolvedCall[];
  function(id: FunctionId): FunctionNode;
  /** Query sites standing directly in the function's own body (nested callbacks have ids of their own). */
  sitesIn(id: FunctionId): readonly QuerySite[];
  siteAt(file: string, call: number): QuerySite | null;
  callers(id: FunctionId): readonly CallEdge[];
  callees(id: FunctionId): readonly CallEdge[];
  /** Functions a call may run; empty when it leaves the project or is not understood. */
  targets(file: string, call: number): readonly FunctionNode[];
  /** What of other packages a call may run; empty where it runs a function of the project or is not understood. */
  outside(file: string, call: number): readonly PackageMember[];
  /** Whether a `new` makes a Prisma client, be it of a class of the project. */
  makesClient(file: string, call: number): boolean;
  /** Files of the project that a file imports, types aside. */
  imports(file: string): readonly string[];
  /** Calls that run any function whose result is the call's value; for following what is returned. */
  callsTo(id: FunctionId): readonly { readonly file: string; readonly call: CallFact }[];
  /** Follows references, imports, constants and single assignments to the value behind; gives the input back when it ends in something dynamic. */
  resolve(file: string, value: Value): ResolvedValue;
  evidenceIn(id: FunctionId): readonly EvidenceFact[];
  role(file: string): FileRole;
  /** Folder of the package a file belongs to, `''` at the root; null above the first manifest. */
  packageOf(file: string): string | null;
  /** One and the same for graphs in which the same functions call each other and the same entry points are answered by the same handlers. */
  readonly shape: object;
  /**
   * The answer to a question about something of this graph (a site, an entry point), kept until what was asked of the graph to find it
   * changes. The question names what `ask` does and must be one of its own; `ask` may use nothing else that changes.
   */
  remember<Answer>(about: object, question: string, ask: () => Answer): Answer;
  /** One value of those worked out over the whole graph. */
  lookUp<Value>(table: Table<Value>, name: string): Value | undefined;
}

/** Values worked out over the whole graph, asked for one by one. */
export interface Table<Value> {
  readonly name: string;
  /** Asks the graph anew after every change, so it must be quick; it may ask other tables, in no circle. */
  read(graph: ProjectGraph): ReadonlyMap<string, Value>;
  same(a: Value, b: Value): boolean;
}
