import type { CallFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { ProjectGraph, ResolvedValue } from '../../projectGraph.ts';
import { parameter, unknown } from '../../rawSql/reading.ts';
import type { SqlPart } from '../../rawSql/sqlPart.ts';

/** A stretch of SQL as Knex writes it. */
export type Sql = readonly SqlPart[];

/** Writes the SQL of one step of a builder: what it writes stands where the step does. */
export interface Pen {
  readonly graph: ProjectGraph;
  readonly file: string;
  readonly call: CallFact;
  /** The mark around names. */
  readonly quote: '"' | '`';
  /** The parts of a text with `?` in it, such as `db.raw` and `whereRaw` are handed. */
  readonly rawText: (text: ResolvedValue, values: ResolvedValue | null) => Sql;
}

export function text({ file, call }: Pen, written: string): SqlPart {
  return { kind: 'text', text: written, at: { file, span: call.nameSpan }, exact: false };
}

/** A value that Knex sends beside the text. */
export function bound({ file }: Pen, value: Value, list = false): SqlPart {
  return parameter({ file, value }, list);
}

export function notKnown({ graph, file, call }: Pen, value: Value | undefined): SqlPart {
  return unknown(graph, { file, value: value ?? { kind: 'unknown', span: call.span } }, 'fragment');
}

/** Several stretches with something between them. */
export function joined(pen: Pen, stretches: readonly Sql[], between: string): Sql {
  return stretches.flatMap((stretch, at) => (at === 0 ? stretch : [text(pen, between), ...stretch]));
}

/** What a value is that is written down; a template of one text counts, and so does a constant. */
export function literalOf(
  { graph, file }: Pen,
  value: Value | undefined,
): string | number | boolean | null | undefined {
  if (!value) return undefined;
  const known = graph.resolve(file, value).value;
  return known.kind === 'literal' && typeof known.value !== 'bigint' ? known.value : undefined;
}
