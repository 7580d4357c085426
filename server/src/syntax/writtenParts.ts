import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import type { Value } from './values.ts';

/** How the parts of an expression become values, one level deeper. */
export interface Parts {
  /** Longer texts are cut. */
  readonly maxText: number;
  /** The same of a text that begins like SQL. */
  readonly maxSql: number;
  valueOf(part: ts.Expression): Value;
  spanOf(node: ts.Node): Span;
  functionIndexOf(node: ts.Node): number | null;
}
