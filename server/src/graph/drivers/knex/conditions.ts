import type { Value } from '#syntax/values.ts';
import { nameOf, quotedName, rawOf } from './names.ts';
import { bound, joined, literalOf, notKnown, type Pen, type Sql, text } from './writing.ts';

/** One demand of a `where`, and how it is joined to the one before. */
export interface Demand {
  readonly glue: 'and' | 'or';
  readonly sql: Sql;
}

const STEP = /^(?<glue>and|or)?[wW]here(?<not>Not)?(?<form>In|Null|Between|Like|ILike|Raw)?$/;

/** What a step called `where`, `orWhereIn`, `whereNotNull` or the like demands; null for a step of another name. */
export function demandOf(pen: Pen): Demand | null {
  const { glue, not, form } = STEP.exec(pen.call.callee.path.at(-1) ?? '')?.groups ?? {};
  if (!STEP.test(pen.call.callee.path.at(-1) ?? '')) return null;
  const write = FORMS[form ?? ''] ?? (() => [notKnown(pen, undefined)]);
  const sql = write(pen, not !== undefined);
  return glue === 'or'
    ? { glue, sql: isObject(pen) ? [text(pen, '('), ...sql, text(pen, ')')] : sql }
    : { glue: 'and', sql };
}

/** Conditions handed over together stay together behind an `or`. */
function isObject({ graph, file, call: { arguments: given } }: Pen): boolean {
  const [only] = given;
  return only !== undefined && graph.resolve(file, only).value.kind === 'object';
}

type Form = (pen: Pen, not: boolean) => Sql;

const FORMS: Readonly<Record<string, Form>> = {
  '': compared,
  In: (pen, not) => {
    const [column, values] = pen.call.arguments;
    return column
      ? [...nameOf(pen, column), text(pen, not ? ' not in (' : ' in ('), ...listOf(pen, values), text(pen, ')')]
      : [];
  },
  Null: (pen, not) => named(pen, () => [text(pen, not ? ' is not null' : ' is null')]),
  Between: (pen, not) =>
    named(pen, ([, range]) => {
      const known = range ? pen.graph.resolve(pen.file, range).value : null;
      const [from, to] = known?.kind === 'array' ? known.items : [];
      const both = from && to ? [bound(pen, from), text(pen, ' and '), bound(pen, to)] : [notKnown(pen, range)];
      return [text(pen, not ? ' not between ' : ' between '), ...both];
    }),
  Like: (pen, not) => named(pen, ([, value]) => matched(pen, value, not ? ' not like ' : ' like ')),
  ILike: (pen, not) => named(pen, ([, value]) => matched(pen, value, not ? ' not ilike ' : ' ilike ')),
  Raw: (pen) => {
    const [sql, values] = pen.call.arguments;
    if (!sql) return [];
    return pen.rawText({ file: pen.file, value: sql }, values ? { file: pen.file, value: values } : null);
  },
};

function named(pen: Pen, rest: (given: readonly Value[]) => Sql): Sql {
  const [column] = pen.call.arguments;
  return column ? [...nameOf(pen, column), ...rest(pen.call.arguments)] : [];
}

function matched(pen: Pen, value: Value | undefined, operator: string): Sql {
  return [text(pen, operator), value ? bound(pen, value) : notKnown(pen, value)];
}

/** `where(column, value)`, `where(column, operator, value)`, `where({ column: value })`, `where(builder => …)`. */
function compared(pen: Pen, not: boolean): Sql {
  const [first, second, third] = pen.call.arguments;
  const before = not ? [text(pen, 'not ')] : [];
  if (!first) return [notKnown(pen, first)];
  if (!second) return whole(pen, first, before);
  const operator = third ? literalOf(pen, second) : '=';
  const value = third ?? second;
  if (typeof operator !== 'string') return [notKnown(pen, second)];
  return [...before, ...comparison(pen, nameOf(pen, first), operator.toLowerCase(), value)];
}

function comparison(pen: Pen, column: Sql, operator: string, value: Value): Sql {
  if (literalOf(pen, value) === null && /^(?:=|is)$/.test(operator)) return [...column, text(pen, ' is null')];
  if (/^(?:not )?in$/.test(operator))
    return [...column, text(pen, ` ${operator} (`), ...listOf(pen, value), text(pen, ')')];
  return [...column, text(pen, ` ${operator} `), ...(rawOf(pen, value) ?? [bound(pen, value)])];
}

function whole(pen: Pen, given: Value, before: Sql): Sql {
  const known = pen.graph.resolve(pen.file, given).value;
  if (known.kind !== 'object') return [...before, ...(rawOf(pen, given) ?? [notKnown(pen, given)])];
  const each = known.properties.map((property): Sql => {
    if (property.kind !== 'property') return [notKnown(pen, given)];
    return [...before, ...comparison(pen, [text(pen, quotedName(pen, property.key))], '=', property.value)];
  });
  return each.length > 0 ? joined(pen, each, ' and ') : [notKnown(pen, given)];
}

/** The values of an `in`: one place for each that is written down, else one for all. */
function listOf(pen: Pen, values: Value | undefined): Sql {
  const known = values ? pen.graph.resolve(pen.file, values).value : undefined;
  if (!values || !known || known.kind === 'function') return [notKnown(pen, values)];
  if (known.kind !== 'array' || known.items.some(({ kind }) => kind === 'spread'))
    return [known.kind === 'call' && isBuilder(pen, known.call) ? notKnown(pen, values) : bound(pen, values, true)];
  return joined(
    pen,
    known.items.map((item) => [bound(pen, item)]),
    ', ',
  );
}

/** A query inside the query. */
function isBuilder({ graph, file }: Pen, call: number): boolean {
  return graph.outside(file, call).some(({ package: name }) => name === 'knex');
}
