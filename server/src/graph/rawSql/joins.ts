import type { Value } from '#syntax/values.ts';
import { listElements } from '../listElements.ts';
import type { ResolvedValue } from '../projectGraph.ts';

import { deeper, oneOf, parameter, type Reading } from './reading.ts';
import type { SqlPart } from './sqlPart.ts';
import { stringParts } from './strings.ts';

/** The text of `Prisma.join(list, separator, prefix, suffix)`; a list whose length only the run knows counts as one element. */
export function joinParts(reading: Reading, file: string, given: readonly Value[]): readonly SqlPart[] {
  const [list, separator, prefix, suffix] = given;
  const text = (value: Value | undefined, otherwise: string): readonly SqlPart[] =>
    value ? stringParts(reading, { file, value }) : [textOf(file, list, otherwise)];
  if (!list) return [];
  const items = elementParts(reading, { file, value: list });
  const between = text(separator, ',');
  const joined = items.flatMap((parts, index) => (index === 0 ? parts : [...between, ...parts]));
  return [...text(prefix, ''), ...joined, ...text(suffix, '')].filter(
    (part) => part.kind !== 'text' || part.text !== '',
  );
}

function textOf(file: string, list: Value | undefined, text: string): SqlPart {
  const start = list?.span.end ?? 0;
  return { kind: 'text', text, at: { file, span: { start, end: start } }, exact: false };
}

/** Each element by itself; elements that are not there on some way may be left out. */
function elementParts(reading: Reading, list: ResolvedValue): readonly (readonly SqlPart[])[] {
  const inner = deeper(reading);
  const elements = inner ? listElements(reading.graph, list) : null;
  if (!inner || !elements) return [[parameter(list, true)]];
  const parts = elements.map(({ value, optional, list, each }) => {
    const take = (at: Reading) => at.fragment(at, value) ?? [parameter(value, list || each)];
    return optional ? oneOf(inner, `${value.file} ${value.value.span.start}`, [take, () => []]) : take(inner);
  });
  return parts.filter((each) => each.length > 0);
}
