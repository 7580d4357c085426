import type { Span } from '#shared/location.ts';
import type { ProjectGraph } from '../projectGraph.ts';
import { rowsOf } from '../relations.ts';
import { carried, type Piece } from './draft.ts';
import { listText, type Turn } from './turn.ts';

interface WrittenKey {
  /** As it stands in the query, cast included. */
  readonly span: Span;
  /** The same without cast. */
  readonly bare: Span;
  /** From the element to it. */
  readonly path: readonly string[];
}

/** The keys of all elements of the loop's list, each once where rows may share one and without those that are missing. */
export function keyList(graph: ProjectGraph, turn: Turn, key: WrittenKey): readonly Piece[] | null {
  const list = listText(turn);
  if (key.path.length === 0) return turn.fact.elementName !== null ? list : null;
  const source = sourceField(graph, turn, key.path);
  const missing = source ? !source.required : mayBeMissing(turn);
  const reader = readerOf(turn, key, missing);
  if (!reader) return null;
  const keys = [...list, missing ? '.flatMap(' : '.map(', ...reader, ')'];
  const distinct = source ? source.unique || source.id : key.path.at(-1) === 'id' && key.path.length === 1;
  return distinct ? keys : ['[...new Set(', ...keys, ')]'];
}

/** The field of the rows the loop goes over that is the key; null where they come from elsewhere. */
function sourceField(graph: ProjectGraph, { site, over }: Turn, path: readonly string[]) {
  const rows = rowsOf(graph, site.file, over);
  const [name] = path;
  if (!rows?.model || rows.operation !== 'findMany' || path.length !== 1 || name === undefined) return null;
  const field = rows.model.fields.get(name);
  return field?.kind === 'scalar' ? field : null;
}

/** Something before the query keeps elements from it, for want of a key as it seems. */
function mayBeMissing({ site, fact, loop }: Turn): boolean {
  return fact.guarded || site.call.branches.some(({ test }) => test.start > loop.span.start);
}

/** `(order) => order.userId`, `({ userId }) => userId ?? []`. */
function readerOf({ site, fact }: Turn, { span, bare, path }: WrittenKey, missing: boolean): readonly Piece[] | null {
  const otherwise = missing ? ' ?? []' : '';
  const fromElement = fact.inner.some(
    (each) => each.from === 'element' && each.span.start === bare.start && each.span.end < bare.end,
  );
  const cast = span.end - span.start > bare.end - bare.start;
  if (fact.elementName !== null) {
    const { elementName: name } = fact;
    const kept =
      cast && fromElement && !missing ? [carried(site.file, span)] : [`${name}.${path.join('.')}${otherwise}`];
    return [`(${name}) => `, ...kept];
  }
  const [only] = path;
  return path.length === 1 ? [`({ ${only} }) => ${only}${otherwise}`] : null;
}
