import type { ProjectGraph, QuerySite, ResolvedValue } from '#graph/projectGraph.ts';
import { rawSql } from '#graph/rawSql/rawSql.ts';
import type { SqlPart } from '#graph/rawSql/sqlPart.ts';
import type { Location } from '#shared/location.ts';

/** A value that is written into the text of a raw query without being known. */
export interface Splice {
  readonly value: ResolvedValue;
  /** Empty where it has none. */
  readonly name: string;
  readonly at: Location;
  /** What stands before and behind it in the text. */
  readonly before: string;
  readonly after: string;
}

/** Values written into the text, each once; numbers and SQL objects, whose values stay parameters, are none. */
export function splicesOf(graph: ProjectGraph, site: QuerySite): readonly Splice[] {
  const { variants = [] } = rawSql(graph, site) ?? {};
  const found = new Map<string, Splice>();
  for (const { parts } of variants)
    for (const [index, part] of parts.entries()) {
      if (part.kind !== 'unknown' || part.as !== 'text' || part.number) continue;
      const { value, name, at } = part;
      const key = `${at.file}:${at.span.start}`;
      if (!found.has(key))
        found.set(key, { value, name, at, before: textAt(parts[index - 1]), after: textAt(parts[index + 1]) });
    }
  return [...found.values()];
}

/** A variable or property between written text; what a function makes may have been made for it, and a constant holds what it holds. */
export function isPlainlySpliced(
  graph: ProjectGraph,
  { value: { file, value }, name, before, after }: Splice,
): boolean {
  if (value.kind !== 'reference' || before.trim() + after.trim() === '') return false;
  const { root, path } = value.to;
  if (root.kind === 'global' || root.kind === 'import' || root.kind === 'call') return false;
  const isConstant = /^[A-Z][A-Z0-9_]*$/.test(name.slice(name.lastIndexOf('.') + 1));
  return !isConstant && !(root.kind === 'parameter' && path.length === 0 && isTyped(graph, file, root));
}

/** A parameter of a type that can only be a number, a date or one of a few words. */
function isTyped(
  graph: ProjectGraph,
  file: string,
  root: { readonly function: number; readonly index: number },
): boolean {
  const typeName = graph.files.get(file)?.functions[root.function]?.parameters[root.index]?.typeName ?? null;
  return typeName !== null && typeName !== 'string';
}

function textAt(part: SqlPart | undefined): string {
  return part?.kind === 'text' ? part.text : '';
}
