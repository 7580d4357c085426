import type { TextEdit } from '#shared/location.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { Property, Value } from '#syntax/values.ts';
import { positionAt } from './places.ts';
import type { QuerySite } from './projectGraph.ts';

/** A property to be written: its value as text, or the entries of an object. */
export interface Entry {
  readonly key: string;
  readonly value: string | readonly Entry[];
}

/** An object as it is written. */
export type ObjectValue = Extract<Value, { kind: 'object' }>;

/** Longest entry written on one line. */
const LINE = 80;

/** Writes an entry behind the others into the arguments of a query, in the style they have; null where they are made elsewhere. */
export function addArgument({ args, call, facts }: QuerySite, entry: Entry): TextEdit | null {
  const file = facts.path;
  if (!args) {
    const end = call.span.end - 1;
    return { file, span: { start: end, end }, newText: `{ ${inLine(entry)} }` };
  }
  if (args.kind !== 'object') return null;
  const last = args.properties.at(-1);
  if (!last) return { file, span: args.span, newText: `{ ${inLine(entry)} }` };
  const { end } = last.span;
  const lines = linesOf(facts, args, last);
  const newText = lines ? `,${lines.start}${overLines(entry, lines)}` : `, ${inLine(entry)}`;
  return { file, span: { start: end, end }, newText };
}

/** Writes an entry in the place of another one, laid out like its neighbours. */
export function replaceProperty({ facts }: QuerySite, object: ObjectValue, old: Property, entry: Entry): TextEdit {
  const lines = linesOf(facts, object, old);
  return { file: facts.path, span: old.span, newText: lines ? overLines(entry, lines) : inLine(entry) };
}

/** Takes properties with their commas out of an object that keeps at least one. */
export function removeProperties(
  file: string,
  { properties }: ObjectValue,
  removed: ReadonlySet<Property>,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const lastKept = properties.findLastIndex((each) => !removed.has(each));
  properties.forEach((property, index) => {
    const next = properties[index + 1];
    if (!removed.has(property) || !next || index > lastKept) return;
    edits.push({ file, span: { start: property.span.start, end: next.span.start }, newText: '' });
  });
  const [kept, last] = [properties[lastKept], properties.at(-1)];
  if (kept && last && kept !== last)
    edits.push({ file, span: { start: kept.span.end, end: last.span.end }, newText: '' });
  return edits;
}

/** How an object over several lines is laid out: what comes before a property, and one step of indentation. */
interface Lines {
  readonly start: string;
  readonly step: string;
}

function linesOf({ lineStarts, layout }: FileFacts, object: ObjectValue, last: Property): Lines | null {
  const [opened, written, closed] = [object.span.start, last.span.start, object.span.end - 1].map((offset) =>
    positionAt(lineStarts, offset),
  );
  if (!opened || !written || !closed || opened.line === written.line) return null;
  const column = written.column - 1;
  const step = Math.max(1, written.column - closed.column);
  return { start: `${layout.lineBreak}${layout.indent.repeat(column)}`, step: layout.indent.repeat(step) };
}

function overLines(entry: Entry, { start, step }: Lines): string {
  const line = inLine(entry);
  if (line.length <= LINE || typeof entry.value === 'string') return line;
  const inner = { start: start + step, step };
  const body = entry.value.map((each) => `${inner.start}${overLines(each, inner)},`).join('');
  return `${entry.key}: {${body}${start}}`;
}

/** An entry on one line: `select: { id: true }`. */
export function inLine({ key, value }: Entry): string {
  return `${key}: ${typeof value === 'string' ? value : `{ ${value.map(inLine).join(', ')} }`}`;
}
