import { addArgument, replaceProperty } from '#graph/argumentEdits.ts';
import type { FollowedUsage } from '#graph/followUsage.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Fix } from '#shared/finding.ts';
import type { TextEdit } from '#shared/location.ts';
import type { Property, Value } from '#syntax/values.ts';
import { exactSelect } from './selection.ts';

/** A `select` with exactly the fields read, for a call that has no selection yet, or an `include` that only names relations. */
export function selectFix(site: QuerySite, usage: FollowedUsage): Fix | null {
  const edit = selectEdit(site, usage);
  return edit && { title: 'Select only what is read', safety: 'review', edits: [edit] };
}

function selectEdit(site: QuerySite, usage: FollowedUsage): TextEdit | null {
  const { args } = site;
  if (args?.kind !== 'object') return addArgument(site, exactSelect(site, usage));
  const selections = args.properties.filter(isSelection);
  const [only] = selections;
  if (!only) return addArgument(site, exactSelect(site, usage));
  return selections.length === 1 && isPlainInclude(only)
    ? replaceProperty(site, args, only, exactSelect(site, usage))
    : null;
}

function isSelection(property: Property): boolean {
  return property.kind !== 'property' || /^(select|include|omit)$/.test(property.key);
}

/** Nothing in it filters, sorts or counts: that would be lost. */
function isPlainInclude(property: Property): boolean {
  return property.kind === 'property' && property.key === 'include' && namesOnly(property.value);
}

function namesOnly(value: Value): boolean {
  if (value.kind === 'literal') return value.value === true;
  return value.kind === 'object' && value.properties.every(isName);
}

function isName(property: Property): boolean {
  return property.kind === 'property' && !MORE.test(property.key) && namesOnly(property.value);
}

const MORE = /^(where|orderBy|take|skip|cursor|distinct|omit|_count)$/;
