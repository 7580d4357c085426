import type { ObjectValue } from '#graph/argumentEdits.ts';
import { carried, type Piece } from '#graph/edits/draft.ts';
import { lowerFirst } from '#graph/edits/names.ts';
import { columnOf, isOnOneLine, lengthOf, lineAt, type Replacement, rewritten, stepOf } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';

/** How the loop's query changes to ask for the whole list. */
export interface Whole {
  readonly operation: string;
  readonly replacements: readonly Replacement[];
  /** Arguments before and behind those there are. */
  readonly first?: string | null;
  readonly last?: string | null;
}

/** Longest call written on one line, its indentation included; what declares its result comes on top. */
const LINE = 78;

/** `prisma.user.findMany({ where: { id: { in: … } }, … })`, laid out as the query in the loop where that takes several lines. */
export function wholeQuery({ site, fact }: Turn, before: number, whole: Whole): readonly Piece[] {
  const { facts, args, call } = site;
  const delegate = call.callee.path.at(-2) ?? lowerFirst(site.model?.name ?? '');
  const callee: readonly Piece[] = [carried(site.file, fact.client), `.${delegate}.${whole.operation}(`];
  if (args?.kind !== 'object') return callee;
  const column = columnOf(facts, before);
  if (!isOnOneLine(facts, args.span)) return [...callee, ...asLaidOut(site, args, column, whole), ')'];
  const entries = entriesOf(site.file, args, whole);
  const oneLine = ['{ ', ...entries.flatMap((entry, index) => (index > 0 ? [', ', ...entry] : entry)), ' }'];
  if (lengthOf([...callee, ...oneLine]) + column <= LINE) return [...callee, ...oneLine, ')'];
  const line = lineAt(facts, column + stepOf(facts));
  return [...callee, '{', ...entries.flatMap((entry) => [line, ...entry, ',']), lineAt(facts, column), '})'];
}

function entriesOf(
  file: string,
  { properties }: ObjectValue,
  { replacements, first, last }: Whole,
): readonly (readonly Piece[])[] {
  const own = properties.map(({ span }) => {
    const within = replacements.filter((each) => each.span.start >= span.start && each.span.end <= span.end);
    return rewritten(file, span, within, 0);
  });
  return [...(first ? [[first]] : []), ...own, ...(last ? [[last]] : [])];
}

function asLaidOut(
  { file, facts }: Turn['site'],
  { span, properties }: ObjectValue,
  column: number,
  { replacements, first, last }: Whole,
): readonly Piece[] {
  const shift = column - columnOf(facts, span.end - 1);
  const start = properties[0]?.span.start ?? span.end;
  const end = properties.at(-1)?.span.end ?? span.end;
  const line = lineAt(facts, columnOf(facts, start) + shift);
  const added: Replacement[] = [];
  if (first) added.push({ span: { start, end: start }, by: [first, ',', line] });
  if (last) added.push({ span: { start: end, end }, by: [',', line, last] });
  return rewritten(file, span, [...replacements, ...added], shift);
}
