import type { ObjectValue } from '#graph/argumentEdits.ts';
import { calleeText, entriesOf, objectCall } from '#graph/edits/callText.ts';
import type { Piece } from '#graph/edits/draft.ts';
import { columnOf, isOnOneLine, lineAt, type Replacement, rewritten } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';

/** How the loop's query changes to ask for the whole list. */
export interface Whole {
  readonly operation: string;
  readonly replacements: readonly Replacement[];
  /** Arguments before and behind those there are. */
  readonly first?: string | null;
  readonly last?: string | null;
}

/** `prisma.user.findMany({ where: { id: { in: … } }, … })`, laid out as the query in the loop where that takes several lines. */
export function wholeQuery(turn: Turn, before: number, whole: Whole): readonly Piece[] {
  const { site } = turn;
  const { facts, args } = site;
  const callee = calleeText(turn, whole.operation);
  const column = columnOf(facts, before);
  if (args?.kind === 'object' && !isOnOneLine(facts, args.span))
    return [...callee, '(', ...asLaidOut(site, args, column, whole), ')'];
  const { first, last, replacements } = whole;
  const own = entriesOf(site, replacements, column);
  return objectCall(facts, callee, [...(first ? [[first]] : []), ...own, ...(last ? [[last]] : [])], column);
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
