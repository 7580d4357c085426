import { type InsightQuery, insightQuery } from './insightArguments.ts';

/** A place in the code that a comment in a statement names; lines and columns from 1. */
export interface TaggedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
}

/** What comments of a statement say about the call behind it. */
export interface CommentTags {
  readonly place: TaggedPlace | null;
  /** From the comment of Prisma's query insights. */
  readonly query: InsightQuery | null;
  /** From `traceparent`: the trace all statements of a request share. */
  readonly request: string | null;
}

/** Reads the tags that probes, sqlcommenter and Prisma write into statements; of anything else in a comment nothing is kept. */
export function commentTags(comments: readonly string[]): CommentTags {
  const tags = new Map(comments.flatMap(pairsOf));
  const trace = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(tags.get('traceparent') ?? '');
  return { place: placeOf(tags), query: insightQuery(tags.get('prismaQuery') ?? ''), request: trace?.[1] ?? null };
}

const PAIR = /([\w.%-]+)=('(?:[^'\\]|\\.)*'|[^,\s']*)/g;

function pairsOf(comment: string): readonly (readonly [string, string])[] {
  return [...comment.matchAll(PAIR)].map(([, key = '', value = '']) => {
    const text = value.startsWith("'") ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
    return [decoded(key), decoded(text)];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names under which tools write the file and the line apart. */
const APART = [
  ['code.filepath', 'code.lineno', 'code.column'],
  ['code.file.path', 'code.line.number', 'code.column.number'],
  ['file', 'line', 'column'],
] as const;

function placeOf(tags: ReadonlyMap<string, string>): TaggedPlace | null {
  for (const key of ['querylens', 'site']) {
    const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(tags.get(key) ?? '') ?? [];
    if (file !== undefined) return { file, line: Number(line), column: column === undefined ? null : Number(column) };
  }
  for (const [fileKey, lineKey, columnKey] of APART) {
    const [file, line, column] = [tags.get(fileKey), Number(tags.get(lineKey)), Number(tags.get(columnKey))];
    if (file && line >= 1) return { file, line, column: column >= 1 ? column : null };
  }
  return null;
}
