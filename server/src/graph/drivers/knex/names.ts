import type { Value } from '#syntax/values.ts';
import { callIndex } from '../../callIndex.ts';
import { literalOf, notKnown, type Pen, type Sql, text } from './writing.ts';

/** A column, table or other name as it is handed to a step: `m.id as key`, `{ m: 'media' }`, `db.raw('…')`. */
export function nameOf(pen: Pen, value: Value): Sql {
  const name = literalOf(pen, value);
  if (typeof name === 'string') return [text(pen, quotedName(pen, name))];
  const known = pen.graph.resolve(pen.file, value);
  if (known.value.kind === 'object') return aliased(pen, known.value);
  return rawOf(pen, value) ?? [notKnown(pen, value)];
}

/** The names among arguments, lists of them included. */
export function namesOf(pen: Pen, values: readonly Value[]): readonly Sql[] {
  return values.flatMap((value) => {
    const known = pen.graph.resolve(pen.file, value).value;
    return known.kind === 'array' ? namesOf(pen, known.items) : [nameOf(pen, value)];
  });
}

/** `"m"."id" as "key"`; a star stays as it is. */
export function quotedName(pen: Pen, name: string): string {
  const [own = name, alias] = name.split(/\s+as\s+/i);
  const whole = own
    .trim()
    .split('.')
    .map((part) => (part === '*' ? part : quoted(pen, part)))
    .join('.');
  return alias === undefined ? whole : `${whole} as ${quoted(pen, alias.trim())}`;
}

/** The text of `db.raw(…)` or `knex.raw(…)`, null for any other value. */
export function rawOf({ graph, file, rawText }: Pen, value: Value): Sql | null {
  const index = callIndex(value);
  const call = index === null ? undefined : graph.files.get(file)?.calls[index];
  const [first, values] = call?.arguments ?? [];
  if (call?.callee.path.at(-1) !== 'raw' || !first) return null;
  return rawText({ file, value: first }, values ? { file, value: values } : null);
}

function aliased(pen: Pen, { properties }: Extract<Value, { kind: 'object' }>): Sql {
  const [only, ...others] = properties;
  const name = only?.kind === 'property' ? literalOf(pen, only.value) : undefined;
  if (only?.kind !== 'property' || others.length > 0 || typeof name !== 'string') return [notKnown(pen, undefined)];
  return [text(pen, quotedName(pen, `${name} as ${only.key}`))];
}

function quoted({ quote }: Pen, name: string): string {
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}
