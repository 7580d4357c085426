import type { Value } from '#syntax/values.ts';
import type { Decisions } from '../decisions.ts';
import type { ProjectGraph, ResolvedValue } from '../projectGraph.ts';
import { referenceName } from '../referenceName.ts';
import { type SqlPart, textOfParts } from './sqlPart.ts';

/** What reading a text needs to know. */
export interface Reading {
  readonly graph: ProjectGraph;
  readonly decisions: Decisions;
  /** Variables whose text is being built up, with what they hold by then. */
  readonly built: ReadonlyMap<string, readonly SqlPart[]>;
  readonly depth: number;
  /** The parts of an SQL object; null for a value, which becomes a parameter. */
  readonly fragment: (reading: Reading, from: ResolvedValue) => readonly SqlPart[] | null;
}

/** Gives the parts a value stands for. */
export type ReadParts = (reading: Reading, from: ResolvedValue) => readonly SqlPart[];

/** Names, choices and calls followed one inside the other. */
const MAX_DEPTH = 12;

/** One step further in; null where that is too far. */
export function deeper(reading: Reading): Reading | null {
  return reading.depth < MAX_DEPTH ? { ...reading, depth: reading.depth + 1 } : null;
}

/** A text written in the code; `between` is where it stands without the marks around it. */
export function written(
  file: string,
  text: string,
  between: { readonly start: number; readonly end: number },
): SqlPart {
  return { kind: 'text', text, at: { file, span: between }, exact: between.end - between.start === text.length };
}

/** Something that becomes text without being known. */
export function unknown(graph: ProjectGraph, from: ResolvedValue, as: 'fragment' | 'text', number = false): SqlPart {
  const { file, value } = from;
  return { kind: 'unknown', as, number, name: nameOf(graph, from), value: from, at: { file, span: value.span } };
}

/** A value that stays a parameter of the query. */
export function parameter({ file, value }: ResolvedValue, list = false): SqlPart {
  return { kind: 'parameter', value: { file, value }, list, at: { file, span: value.span } };
}

/** The parts of one of several options, with what taking it means. */
export function oneOf(
  reading: Reading,
  point: string,
  options: readonly ((reading: Reading) => readonly SqlPart[])[],
): readonly SqlPart[] {
  const [only, ...others] = options;
  if (!only || others.length === 0) return only?.(reading) ?? [];
  const silent: Reading = { ...reading, decisions: { choose: () => 0 } };
  const textOf = (index: number) => {
    const [usual, own] = [preview(only(silent)), preview(options[index]?.(silent) ?? [])];
    return usual.startsWith(own) ? `without ${usual.slice(own.length).trim()}` : `with ${own}`;
  };
  return options[reading.decisions.choose(point, options.length, textOf)]?.(reading) ?? [];
}

const PREVIEW = 60;

function preview(parts: readonly SqlPart[]): string {
  const text = textOfParts(parts, () => '?')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > PREVIEW ? `${text.slice(0, PREVIEW - 1)}…` : text;
}

function nameOf(graph: ProjectGraph, { file, value }: ResolvedValue): string {
  const facts = graph.files.get(file);
  if (!facts) return '';
  if (value.kind === 'reference') return referenceName(facts, value.to).replace(/^\?$/, '');
  return value.kind === 'call' ? callName(graph, file, value) : '';
}

function callName(graph: ProjectGraph, file: string, value: Extract<Value, { kind: 'call' }>): string {
  const facts = graph.files.get(file);
  const callee = facts?.calls[value.call]?.callee;
  return facts && callee ? referenceName(facts, callee) : '';
}
