import { type ObjectValue, removeProperties } from '#graph/argumentEdits.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Fix } from '#shared/finding.ts';
import type { TextEdit } from '#shared/location.ts';
import type { Property } from '#syntax/values.ts';

/** Takes entries out of the `include` or `select` they are named in; null where they are written elsewhere or nothing would be left. */
export function dropFix(site: QuerySite, paths: readonly (readonly string[])[]): Fix | null {
  const { args, file } = site;
  if (args?.kind !== 'object') return null;
  const edits = dropFrom(file, args, paths);
  if (!edits) return null;
  const names = paths.map((path) => `\`${path.join('.')}\``).join(', ');
  return {
    title: `Drop ${names}`,
    safety: 'review',
    edits: edits === 'all' ? [{ file, span: args.span, newText: '' }] : edits,
  };
}

type Written = Extract<Property, { kind: 'property' }>;

/** The edits below an object of arguments; `all` when nothing of it would be left. */
function dropFrom(
  file: string,
  args: ObjectValue,
  paths: readonly (readonly string[])[],
): readonly TextEdit[] | 'all' | null {
  const selection = args.properties.find((each) => each.kind === 'property' && /^(include|select)$/.test(each.key));
  if (selection?.kind !== 'property' || selection.value.kind !== 'object') return null;
  const removed = new Set<Property>();
  const edits: TextEdit[] = [];
  for (const [name, below] of Map.groupBy(paths, ([first]) => first)) {
    const entry = selection.value.properties.find((each) => each.kind === 'property' && each.key === name);
    if (entry?.kind !== 'property') return null;
    if (below.some((path) => path.length === 1)) removed.add(entry);
    else {
      const inner = dropBelow(file, entry, below);
      if (!inner) return null;
      edits.push(...inner);
    }
  }
  if (removed.size < selection.value.properties.length)
    return [...edits, ...removeProperties(file, selection.value, removed)];
  if (selection.key === 'select') return null;
  return args.properties.length === 1 ? 'all' : removeProperties(file, args, new Set([selection]));
}

/** `author: { include: { posts: true } }` without its last entry is `author: true`. */
function dropBelow(
  file: string,
  { value }: Written,
  paths: readonly (readonly string[])[],
): readonly TextEdit[] | null {
  if (value.kind !== 'object') return null;
  const edits = dropFrom(
    file,
    value,
    paths.map((path) => path.slice(1)),
  );
  return edits === 'all' ? [{ file, span: value.span, newText: 'true' }] : edits;
}
