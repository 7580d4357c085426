import type { QuerySite } from '#graph/projectGraph.ts';
import type { Fix } from '#shared/finding.ts';
import type { Waste } from './waste.ts';

/** A `select` with exactly the fields read, where the call has no selection yet; otherwise the change is only described. */
export function selectFix(site: QuerySite, waste: Waste, reads: readonly (readonly string[])[]): Fix | null {
  if (waste.kind === 'relation') return null;
  const select = `select: ${selectText(site, reads)}`;
  const title = `Select only what is read`;
  if (!site.args) {
    const end = site.call.span.end - 1;
    return {
      title,
      safety: 'review',
      edits: [{ file: site.file, span: { start: end, end }, newText: `{ ${select} }` }],
    };
  }
  if (site.args.kind !== 'object' || hasSelection(site.args)) return null;
  const last = site.args.properties.at(-1);
  if (!last)
    return { title, safety: 'review', edits: [{ file: site.file, span: site.args.span, newText: `{ ${select} }` }] };
  const { end } = last.span;
  return { title, safety: 'review', edits: [{ file: site.file, span: { start: end, end }, newText: `, ${select}` }] };
}

function hasSelection(args: Extract<NonNullable<QuerySite['args']>, { kind: 'object' }>): boolean {
  return args.properties.some((each) => each.kind !== 'property' || /^(select|include|omit)$/.test(each.key));
}

interface Tree {
  [name: string]: Tree;
}

function selectText(site: QuerySite, reads: readonly (readonly string[])[]): string {
  const tree: Tree = {};
  for (const path of reads) {
    let at = tree;
    for (const step of fieldSteps(site, path)) at = at[step] ??= {};
  }
  return print(tree, true);
}

/** The steps of a path that are fields: what is read inside a Json column or of a string is no field. */
function fieldSteps({ schema, model }: QuerySite, path: readonly string[]): readonly string[] {
  const steps: string[] = [];
  for (let at = model; at && steps.length < path.length; ) {
    const name = path[steps.length] ?? '';
    const field = at.fields.get(name);
    if (!field && name !== '_count') break;
    steps.push(name);
    at = field?.kind === 'relation' ? (schema.models.get(field.type) ?? null) : null;
  }
  return steps;
}

function print(tree: Tree, root: boolean): string {
  const names = Object.keys(tree);
  if (names.length === 0) return 'true';
  const body = names.map((name) => `${name}: ${print(tree[name] ?? {}, false)}`).join(', ');
  return root ? `{ ${body} }` : `{ select: { ${body} } }`;
}
