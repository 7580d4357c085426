import { addArgument } from '#graph/argumentEdits.ts';
import { carried, type DraftFix, type Piece } from '#graph/edits/draft.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { argument } from '#graph/queryArgs.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { Root, Value } from '#syntax/values.ts';

/** `take` written into the arguments where they stand in the call; nothing where they are made elsewhere. */
export function pagingFix(graph: ProjectGraph, site: QuerySite, page: number): DraftFix | null {
  const size = skippedSize(graph, site) ?? namedSize(site.facts) ?? `${page}`;
  const edit = addArgument(site, { key: 'take', value: VALUE });
  if (!edit) return null;
  const [before = '', after = ''] = edit.newText.split(VALUE);
  const title = typeof size === 'string' ? `Read at most \`${size}\` rows with \`take\`` : 'Read one page with `take`';
  return { title, safety: 'review', edits: [{ ...edit, newText: [before, size, after] }] };
}

/** Stands for the number while the edit is laid out. */
const VALUE = '#';

/** `pageSize`, `PER_PAGE`, `DEFAULT_LIMIT`, `MAX_RESULTS`. */
const SIZE =
  /^(default_?|max_?)?(page_?size|page_?limit|(per|items_?per|rows_?per)_?page|limit|take|rows|results|items)$/i;

/** What `skip` counts pages by: `20` in `skip: (page - 1) * 20`. */
function skippedSize(graph: ProjectGraph, site: QuerySite): Piece | null {
  const skip = argument(graph, site, 'skip');
  if (skip?.value.kind !== 'binary' || skip.value.operator !== '*' || skip.file !== site.file) return null;
  const { start, end } = site.call.span;
  if (skip.value.span.start < start || skip.value.span.end > end) return null;
  const size = [skip.value.right, skip.value.left].find((value) => isSize(value, site.facts));
  if (!size) return null;
  return size.kind === 'literal' ? `${size.value}` : carried(site.file, size.span);
}

function isSize(value: Value, facts: FileFacts): boolean {
  if (value.kind === 'literal') return typeof value.value === 'number';
  return value.kind === 'reference' && SIZE.test(value.to.path.at(-1) ?? rootName(value.to.root, facts));
}

function rootName(root: Root, { variables, functions, imports }: FileFacts): string {
  if (root.kind === 'variable') return variables[root.variable]?.name ?? '';
  if (root.kind === 'parameter') return functions[root.function]?.parameters[root.index]?.name ?? '';
  return root.kind === 'import' ? (imports[root.import]?.local ?? '') : '';
}

/** The page size the file's own code goes by. */
function namedSize({ variables }: FileFacts): string | null {
  const found = variables.filter(
    ({ function: home, kind, name, init }) =>
      home === 0 && kind === 'const' && SIZE.test(name) && init?.kind === 'literal' && typeof init.value === 'number',
  );
  return found.length === 1 ? (found[0]?.name ?? null) : null;
}
