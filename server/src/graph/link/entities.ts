import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { ModuleResolver } from '../modules/moduleResolution.ts';
import type { FileRole } from '../projectGraph.ts';
import type { Trace } from '../trace.ts';
import type { Remembering } from './answers.ts';
import type { NameTables } from './nameTables.ts';
import type { SchemaChoice } from './schemaChoice.ts';

/** A parsed file while the graph is being made. */
export interface LinkedFile {
  readonly path: string;
  readonly facts: FileFacts;
  readonly role: FileRole;
}

/** What a name may stand for across files, as far as linking needs to know. */
export type Entity =
  | { readonly kind: 'function'; readonly file: LinkedFile; readonly function: number }
  | { readonly kind: 'class'; readonly file: LinkedFile; readonly class: number }
  | { readonly kind: 'instance'; readonly file: LinkedFile; readonly class: number }
  | { readonly kind: 'object'; readonly file: LinkedFile; readonly value: Extract<Value, { kind: 'object' }> }
  | { readonly kind: 'list'; readonly file: LinkedFile; readonly value: Extract<Value, { kind: 'array' }> }
  | { readonly kind: 'module'; readonly file: LinkedFile }
  /** A Prisma client; the schema is null where only its type's name told that it is one. */
  | {
      readonly kind: 'client';
      readonly file: LinkedFile;
      readonly schema: SchemaModel | null;
      readonly transaction: boolean;
    }
  | { readonly kind: 'delegate'; readonly schema: SchemaModel; readonly model: Model; readonly transaction: boolean }
  /** Something exported by a generated Prisma client: `PrismaClient`, `Prisma`. */
  | {
      readonly kind: 'generated';
      readonly file: LinkedFile;
      readonly schema: SchemaModel | null;
      readonly path: readonly string[];
    }
  /** Something of another package; a call is the step `()`. */
  | { readonly kind: 'package'; readonly name: string; readonly path: readonly string[] }
  /** Something of a project file that was not parsed. */
  | { readonly kind: 'unparsed'; readonly path: string; readonly name: string };

export type FunctionEntity = Extract<Entity, { kind: 'function' }>;

export type Entities = readonly Entity[];

/** Answers what names stand for; each question is answered once and remembered. Parts of it live in files of their own. */
export interface Link extends Remembering {
  readonly files: ReadonlyMap<string, LinkedFile>;
  readonly resolver: ModuleResolver;
  readonly schemas: SchemaChoice;
  readonly names: NameTables;
  readonly trace: Trace;
  evaluate(file: LinkedFile, reference: Reference): Entities;
  evaluateValue(file: LinkedFile, value: Value): Entities;
  member(entity: Entity, name: string): Entities;
  /** What a module exports under a name; `*` gives the module itself. */
  exported(path: string, name: string): Entities;
  /** What a specifier written in a file gives under a name. */
  imported(file: LinkedFile, specifier: string, name: string): Entities;
  /** A value whose written type has this name. */
  typed(file: LinkedFile, typeName: string): Entities;
  /** What a call gives. */
  called(file: LinkedFile, call: number): Entities;
  /** What a name declared nowhere may be. */
  global(name: string): Entities;
  /** What is handed to a parameter by the calls found so far; nothing before they are known. */
  handed(file: LinkedFile, functionIndex: number, parameter: number): Entities;
}

/** More alternatives than this say that the name may be anything. */
const MAX_ALTERNATIVES = 12;

/** Without repetitions, and nothing at all where there are too many to mean something. */
export function distinct(entities: readonly Entity[]): Entities {
  if (entities.length < 2) return entities;
  const kept: Entity[] = [];
  for (const entity of entities) {
    if (kept.some((other) => same(entity, other))) continue;
    if (kept.length === MAX_ALTERNATIVES) return [];
    kept.push(entity);
  }
  return kept;
}

function same(a: Entity, b: Entity): boolean {
  if (a.kind === 'function' && b.kind === 'function') return a.file === b.file && a.function === b.function;
  if ((a.kind === 'class' || a.kind === 'instance') && a.kind === b.kind)
    return a.file === b.file && a.class === b.class;
  if ((a.kind === 'object' || a.kind === 'list') && a.kind === b.kind) return a.value === b.value;
  if (a.kind === 'module' && b.kind === 'module') return a.file === b.file;
  if (a.kind === 'client' && b.kind === 'client') return a.schema === b.schema && a.transaction === b.transaction;
  if (a.kind === 'delegate' && b.kind === 'delegate') return a.model === b.model && a.transaction === b.transaction;
  return a === b;
}
