import type { FileFacts } from '#syntax/facts.ts';
import type { QuerySite } from '../projectGraph.ts';
import { carried, type Piece } from './draft.ts';
import { camelCase } from './names.ts';
import { columnOf, endOf, isOnOneLine, lengthOf, lineAt, type Replacement, rewritten } from './source.ts';
import type { Turn } from './turn.ts';

/** Longest call written on one line, its indentation included; what declares its result comes on top. */
const LINE = 78;

/** `prisma.user.findMany`, on the client the query is sent by. */
export function calleeText({ site, fact }: Turn, operation: string): readonly Piece[] {
  const delegate = site.call.callee.path.at(-2) ?? camelCase(site.model?.name ?? '');
  return [carried(site.file, fact.client), `.${delegate}.${operation}`];
}

/** A call with one object of arguments, on one line where it fits; otherwise an argument a line. */
export function objectCall(
  facts: FileFacts,
  callee: readonly Piece[],
  entries: readonly (readonly Piece[])[],
  column: number,
): readonly Piece[] {
  const inside = entries.flatMap((entry, index) => (index > 0 ? [', ', ...entry] : entry));
  if (fits(facts, [...callee, ...inside], column)) return [...callee, '({ ', ...inside, ' })'];
  const line = lineAt(facts, column + facts.layout.step);
  return [...callee, '({', ...entries.flatMap((entry) => [line, ...entry, ',']), lineAt(facts, column), '})'];
}

/** `const userById = new Map(users.map((user) => [user.id, user]));` */
export function mapOf(
  facts: FileFacts,
  name: Piece,
  rows: Piece,
  entry: { readonly of: string; readonly key: string; readonly value: string },
  column: number,
): readonly Piece[] {
  const head = ['const ', name, ' = new Map('];
  const made = [rows, `.map((${entry.of}) => [${entry.key}, ${entry.value}])`];
  const end = `)${endOf(facts)}`;
  if (lengthOf([...head, ...made, end]) + column <= WIDE) return [...head, ...made, end];
  return [...head, lineAt(facts, column + facts.layout.step), ...made, ',', lineAt(facts, column), end];
}

/** Longest statement written on one line. */
const WIDE = 110;

/** Whether the pieces are one line, and one of usual length from this column on. */
export function fits(facts: FileFacts, pieces: readonly Piece[], column: number): boolean {
  const whole = pieces.every((piece) =>
    typeof piece === 'string' ? !piece.includes('\n') : 'fresh' in piece || isOnOneLine(facts, piece.span),
  );
  return whole && lengthOf(pieces) + column <= LINE;
}

/** The arguments of a query one by one, parts of them replaced, as they stand one step inside of this column. */
export function entriesOf(
  { file, facts, args }: QuerySite,
  replacements: readonly Replacement[],
  column: number,
): readonly (readonly Piece[])[] {
  if (args?.kind !== 'object') return [];
  return args.properties.map(({ span }) => {
    const within = replacements.filter((each) => each.span.start >= span.start && each.span.end <= span.end);
    const shift = isOnOneLine(facts, args.span) ? 0 : column + facts.layout.step - columnOf(facts, span.start);
    return rewritten(file, span, within, shift);
  });
}
