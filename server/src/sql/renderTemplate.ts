import type { Fragment, PlaceholderFormat, Template } from './queryPlan.ts';

/** Text of a statement as it is sent; a list whose length only the run knows counts as one value. */
export function renderTemplate(template: Template): string {
  if (template.type === 'rawSql') return template.sql;
  const { fragments, args, placeholderFormat } = template;
  const place = numbering(placeholderFormat);
  let next = 0;
  return fragments
    .map((fragment) =>
      fragment.type === 'stringChunk' ? fragment.chunk : renderParameter(fragment, args[next++], place),
    )
    .join('');
}

/** What is put in at the places of a statement, in the order in which they stand in its text. */
export function placedArguments(template: Template): readonly PlacedArgument[] {
  if (template.type === 'rawSql') return [];
  const { fragments, args, argTypes = [] } = template;
  let next = 0;
  return fragments.flatMap((fragment) => {
    if (fragment.type === 'stringChunk') return [];
    const [value, type] = [args[next], argTypes[next]];
    next += 1;
    if (fragment.type === 'parameter') return [{ value, type }];
    const values =
      fragment.type === 'parameterTuple' ? (Array.isArray(value) ? value : [value]) : tuplesOf(value).flat();
    return values.map((each) => ({ value: each, type: null }));
  });
}

/** A value of a plan, or what stands for one that is made while the plan runs; `type` as the plan has it, null within lists. */
export interface PlacedArgument {
  readonly value: unknown;
  readonly type: unknown;
}

function renderParameter(
  fragment: Exclude<Fragment, { type: 'stringChunk' }>,
  arg: unknown,
  place: () => string,
): string {
  if (fragment.type === 'parameter') return place();
  const item = () => `${fragment.itemPrefix}${place()}${fragment.itemSuffix}`;
  if (fragment.type === 'parameterTuple') {
    const items = Array.isArray(arg) ? arg : [arg];
    return `(${items.length === 0 ? 'NULL' : items.map(item).join(fragment.itemSeparator)})`;
  }
  return tuplesOf(arg)
    .map((tuple) => `${fragment.itemPrefix}${tuple.map(place).join(fragment.itemSeparator)}${fragment.itemSuffix}`)
    .join(fragment.groupSeparator);
}

/** Rows of a list; pairs made while the plan runs, one value of each part, count as one row. */
function tuplesOf(arg: unknown): readonly (readonly unknown[])[] {
  if (Array.isArray(arg)) return arg;
  const made = arg as { readonly prisma__value?: { readonly args?: readonly unknown[] } } | null;
  return made?.prisma__value?.args ? [made.prisma__value.args] : [];
}

function numbering({ prefix, hasNumbering }: PlaceholderFormat): () => string {
  let number = 1;
  return () => (hasNumbering ? `${prefix}${number++}` : prefix);
}
