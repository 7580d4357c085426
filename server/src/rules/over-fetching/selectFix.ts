import { addArgument } from '#graph/argumentEdits.ts';
import type { FollowedUsage } from '#graph/followUsage.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Fix } from '#shared/finding.ts';
import { exactSelect } from './selection.ts';

/** Adds a `select` with exactly the fields read to a call that has no selection yet. */
export function selectFix(site: QuerySite, usage: FollowedUsage): Fix | null {
  if (site.args?.kind === 'object' && hasSelection(site.args)) return null;
  const edit = addArgument(site, exactSelect(site, usage));
  return edit && { title: 'Select only what is read', safety: 'review', edits: [edit] };
}

function hasSelection(args: Extract<NonNullable<QuerySite['args']>, { kind: 'object' }>): boolean {
  return args.properties.some((each) => each.kind !== 'property' || /^(select|include|omit)$/.test(each.key));
}
