import type { QuerySite } from '#graph/projectGraph.ts';
import type { Dialect } from '#schema/sqlTokens.ts';
import type { ProbeSample } from '#shared/probeSample.ts';
import type { CanonicalSql } from '#sql/canonical/canonicalSql.ts';
import { commentTags } from './commentTags.ts';
import type { Sender, SiteIndex } from './siteIndex.ts';

/** Whose an execution was. */
export type Attribution =
  | {
      readonly kind: 'site';
      readonly match: 'exact' | 'shape' | 'label';
      readonly site: QuerySite;
      /** `call` is all of a call. */
      readonly part: 'call' | Sender['part'];
    }
  /** One of these, and nothing tells which. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly QuerySite[] }
  /** Of a model and operation; which call is not known. */
  | { readonly kind: 'model'; readonly name: string; readonly candidates: readonly QuerySite[] }
  /** It is none of a query: BEGIN, COMMIT, SET and the like. */
  | { readonly kind: 'control' }
  | { readonly kind: 'unmatched' };

const CONTROL = /^(?:begin|start transaction|commit|rollback|savepoint|release|set|deallocate|discard|show|use)\b/;

/** A statement by the tag in its comments, else by what exactly one call of the project sends. */
export function attributeStatement(index: SiteIndex, { text, comments }: CanonicalSql, dialect: Dialect): Attribution {
  if (text === '' || CONTROL.test(text)) return { kind: 'control' };
  const senders = index.sending(text, dialect);
  const { place, query } = commentTags(comments);
  const tagged = place ? index.places.at(place) : [];
  const [site] = tagged;
  if (site && tagged.length === 1 && !contradicts(index, site, senders)) {
    const known = senders.find((sender) => sender.site === site);
    return { kind: 'site', match: 'exact', site, part: known?.part ?? partByTable(site, text) };
  }
  if (query !== null) return byQuery(index, query, senders, text);
  return byShape(index, senders, text);
}

/** The code was edited since: the place holds another call now, which never sends this, and others do. */
function contradicts(index: SiteIndex, site: QuerySite, senders: readonly Sender[]): boolean {
  return senders.length > 0 && index.isKnown(site) && senders.every((sender) => sender.site !== site);
}

/** Of a call whose statements are not all known: it begins with one on its own table. */
function partByTable({ model }: QuerySite, text: string): Sender['part'] {
  if (model === null) return 'first';
  const [, table] = /^(?:select .*? from|insert into|update|delete from) (?:["`\w]+\.)?["`]?(\w+)/s.exec(text) ?? [];
  return table?.toLowerCase() === model.table.toLowerCase() ? 'first' : 'further';
}

function byQuery(index: SiteIndex, query: string, senders: readonly Sender[], text: string): Attribution {
  const named = index.named(query);
  const among = senders.filter(({ site }) => named.includes(site));
  if (among.length > 0) return byShape(index, among, text);
  const [only] = named;
  if (only && named.length === 1 && !index.isKnown(only))
    return { kind: 'site', match: 'shape', site: only, part: partByTable(only, text) };
  return named.length > 0 ? { kind: 'model', name: nameOf(named), candidates: named } : { kind: 'unmatched' };
}

function byShape(index: SiteIndex, senders: readonly Sender[], text: string): Attribution {
  const [sender] = senders;
  if (!sender) return { kind: 'unmatched' };
  const rivals = sender.part === 'first' ? index.rivals(sender.site, text) : [];
  const candidates = [...new Set([...senders.map(({ site }) => site), ...rivals])];
  if (candidates.length > 1) return { kind: 'ambiguous', candidates };
  return { kind: 'site', match: 'shape', ...sender };
}

/** A call the probe saw, by its place; where the code was edited since, by its model alone. */
export function attributeCall(index: SiteIndex, call: ProbeSample): Attribution {
  const { file, line, column, model, operation } = call;
  const at = file === null || call.generated ? [] : index.places.at({ file, line, column });
  const found = at.filter((site) => (site.model?.name ?? null) === model && site.operation === operation);
  const [site] = found;
  if (site && found.length === 1) return { kind: 'site', match: 'exact', site, part: 'call' };
  if (found.length > 1) return { kind: 'ambiguous', candidates: found };
  return model === null ? { kind: 'unmatched' } : attributeName(index, `${model}.${operation}`);
}

/** A name the application gave: that of a wrapper around a call, or of a model and operation. */
export function attributeName(index: SiteIndex, name: string): Attribution {
  const labelled = index.labelled(name);
  const [site] = labelled;
  if (site && labelled.length === 1) return { kind: 'site', match: 'label', site, part: 'call' };
  if (labelled.length > 1) return { kind: 'ambiguous', candidates: labelled };
  const named = index.named(name);
  return named.length > 0 ? { kind: 'model', name: nameOf(named), candidates: named } : { kind: 'unmatched' };
}

function nameOf([site]: readonly QuerySite[]): string {
  return site ? `${site.model?.name ?? ''}.${site.operation}` : '';
}
