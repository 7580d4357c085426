import type { Field } from '#schema/schemaModel.ts';
import type { FileFacts, FunctionFact } from '#syntax/facts.ts';
import type { NarrowingFact } from '#syntax/narrowingFact.ts';
import type { Reference, Value } from '#syntax/values.ts';
import { countedOnly } from './countedOnly.ts';
import { objectKeys } from './objectKeys.ts';
import type { ProjectGraph, QuerySite } from './projectGraph.ts';
import { columnOf, type RowPredicate, type Rows, rowPredicate } from './rowPredicate.ts';

/** What a program does with a list of rows that its database could do. */
export type Narrowing =
  /** Keeps, finds, or asks for rows by what a `where` could say. */
  | { readonly kind: 'where'; readonly fact: NarrowingFact; readonly predicate: RowPredicate }
  /** Adds a column up. */
  | { readonly kind: 'sum'; readonly fact: NarrowingFact; readonly field: Field }
  /** Takes the first row, or the first few. */
  | { readonly kind: 'first' | 'slice'; readonly fact: NarrowingFact };

/** The one thing done with the rows of a list query, where the database could do it; null where there is more to it, its `take` bounds it, or they are only counted. */
export function narrowedInMemory(graph: ProjectGraph, site: QuerySite): Narrowing | null {
  if (site.operation !== 'findMany' || !site.model) return null;
  const fact = site.facts.narrowings.find(({ call }) => call === site.call.index);
  if (!fact || hasKey(graph, site, /^(take|distinct)$/) || countedOnly(graph, site)) return null;
  if (fact.method === 'first' || fact.method === 'slice') return { kind: fact.method, fact };
  if (writesBefore(graph, site, fact)) return null;
  const callback = fact.callback === null ? null : site.facts.functions[fact.callback];
  const [given, ...others] = callback?.returns ?? [];
  if (!callback || !given || others.length > 0) return null;
  const rows = rowsOf(site, callback, site.model, fact.method === 'reduce' ? 1 : 0);
  if (fact.method === 'reduce') {
    const field = addedUp(rows, site.facts, callback, given);
    return field ? { kind: 'sum', fact, field } : null;
  }
  const predicate = rowPredicate(graph, rows, given);
  return predicate ? { kind: 'where', fact, predicate } : null;
}

/** What is asked of the rows may hang on what was written since. */
function writesBefore(graph: ProjectGraph, site: QuerySite, { span }: NarrowingFact): boolean {
  return graph
    .sitesIn(site.function.id)
    .some(
      ({ access, call }) => access !== 'read' && call.span.start > site.call.span.start && call.span.end < span.start,
    );
}

function hasKey(graph: ProjectGraph, { file, args }: QuerySite, name: RegExp): boolean {
  return args !== null && [...objectKeys(graph, { file, value: args }).keys.keys()].some((key) => name.test(key));
}

function rowsOf(
  { file, facts, schema, call }: QuerySite,
  callback: FunctionFact,
  model: Rows['model'],
  place: number,
): Rows {
  return { file, facts, schema, model, isRow };

  function isRow({ root, path }: Reference): readonly string[] | null {
    if (root.kind === 'parameter' && root.function === callback.index) return root.index === place ? path : [];
    if (root.kind === 'call' && root.call === call.index) return path.filter((step) => step !== '[]' && step !== '0');
    return null;
  }
}

/** `(sum, row) => sum + row.total`, wherever a missing value or a decimal is made a number first. */
function addedUp(rows: Rows, facts: FileFacts, callback: FunctionFact, given: Value): Field | null {
  if (given.kind !== 'binary' || given.operator !== '+') return null;
  const isSum = (value: Value) =>
    value.kind === 'reference' &&
    value.to.root.kind === 'parameter' &&
    value.to.root.function === callback.index &&
    value.to.root.index === 0 &&
    value.to.path.length === 0;
  const added = isSum(given.left) ? given.right : isSum(given.right) ? given.left : null;
  const column = added && columnOf(rows, asNumber(facts, added));
  return column && !column.name.includes('.') && NUMBERS.test(column.field.type) ? column.field : null;
}

const NUMBERS = /^(Int|BigInt|Float|Decimal)$/;

function asNumber(facts: FileFacts, value: Value): Value {
  if (value.kind === 'choice' && value.operator !== '?:') return asNumber(facts, value.test);
  if (value.kind !== 'call') return value;
  const call = facts.calls[value.call];
  const [argument] = call?.arguments ?? [];
  return call?.callee.root.kind === 'global' && call.callee.root.name === 'Number' && argument
    ? asNumber(facts, argument)
    : value;
}
