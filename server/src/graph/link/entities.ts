import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { FileRole } from '../projectGraph.ts';

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
      /** File that makes it, null where it was not followed so far. */
      readonly origin: string | null;
    }
  | {
      readonly kind: 'delegate';
      readonly schema: SchemaModel;
      readonly model: Model;
      readonly transaction: boolean;
      /** As that of its client. */
      readonly origin: string | null;
    }
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
