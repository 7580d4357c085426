import type { Reference, Value } from '#syntax/values.ts';
import type { ModuleResolver } from '../modules/moduleResolution.ts';
import type { Trace } from '../trace.ts';
import type { Remembering } from './answers.ts';
import type { Entities, Entity, LinkedFile } from './entities.ts';
import type { NameTables } from './nameTables.ts';
import type { SchemaChoice } from './schemaChoice.ts';

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
