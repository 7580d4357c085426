import type { Decisions } from '#graph/decisions.ts';
import type { ProjectGraph, ResolvedValue } from '#graph/projectGraph.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { StandIns } from './standIns.ts';

/** What reading the arguments of a call needs to know and to tell. */
export interface Reading {
  readonly graph: ProjectGraph;
  readonly schema: SchemaModel;
  readonly standIns: StandIns;
  readonly decisions: Decisions;
  /** Of values that only the run knows, or of which there are several, gives another one than usual, so that what stays the same is said by the code. */
  readonly other: boolean;
  /** Names followed one inside the other so far. */
  readonly depth: number;
  /** Told of what could not be followed, as a path: its SQL is not in the answer. */
  readonly lost: (path: string) => void;
  /** Told what else is to be known: a sentence without an end mark. */
  readonly note: (text: string) => void;
  /** By function: the call through which it was gone into last, whose arguments its parameters hold. */
  readonly entered: Map<string, EnteredCall>;
  /** Paths of keys that are written down and have no value in this shape. */
  readonly leftOut: Set<string>;
}

/** A call and the file it stands in. */
export interface EnteredCall {
  readonly file: string;
  readonly call: CallFact;
}

/** Names that lead to each other have no end. */
const MAX_DEPTH = 40;

/** For what is followed inside of something else; null where it goes on without end. */
export function deeper(reading: Reading): Reading | null {
  return reading.depth < MAX_DEPTH ? { ...reading, depth: reading.depth + 1 } : null;
}

/** Names an expression, so that equal ones are told from different ones. */
export function identityOf({ file, value }: ResolvedValue): string {
  return value.kind === 'reference' ? `${file} ${JSON.stringify(value.to)}` : `${file} ${value.span.start}`;
}
