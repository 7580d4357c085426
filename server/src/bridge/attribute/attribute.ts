import type { QuerySite } from '#graph/projectGraph.ts';
import type { Dialect } from '#schema/sqlTokens.ts';
import type { ProbeSample } from '#shared/probeSample.ts';
import type { CanonicalSql, FoldedSql } from '#sql/canonical/canonicalSql.ts';
import { statementTable } from '#sql/canonical/statementTable.ts';
import type { SentWay } from '#sql/sentWays.ts';
import type { Caller } from '../sample.ts';
import { commentTags, type TaggedPlace } from './commentTags.ts';
import { contradicts, valuePlaces } from './constants.ts';
import { type InsightQuery, mayBeArguments } from './insightArguments.ts';
import type { Sender, SiteIndex } from './siteIndex.ts';
import type { SiteText } from './siteTexts.ts';
import { mayRun } from './transactions.ts';

/** Whose an execution was. */
export type Attribution =
  | {
      readonly kind: 'site';
      readonly match: 'exact' | 'shape' | 'label';
      readonly site: QuerySite;
      /** `call` is all of a call. */
      readonly part: 'call' | SiteText['part'];
      /** Of a statement that is told by its text. */
      readonly sender?: Sender;
    }
  /** One of these, and nothing tells which. */
  | {
      readonly kind: 'ambiguous';
      readonly candidates: readonly QuerySite[];
      /** Of a statement, each of them with the ways in which it sends it: none where it is not known that it does. */
      readonly senders?: readonly Sender[];
    }
  /** Of a model and operation; which call is not known. */
  | { readonly kind: 'model'; readonly name: string; readonly candidates: readonly QuerySite[] }
  /** It is none of a query: BEGIN, COMMIT, SET and the like. */
  | { readonly kind: 'control' }
  | { readonly kind: 'unmatched' };

const CONTROL = /^(?:begin|start transaction|commit|rollback|savepoint|release|set|deallocate|discard|show|use)\b/;

/** What a source tells of an execution besides its text. */
export interface ToldOfStatement {
  readonly parameters?: readonly (string | null)[] | undefined;
  readonly caller?: Caller | undefined;
  /** Whether it ran between BEGIN and COMMIT; missing where that is not known. */
  readonly inTransaction?: boolean | undefined;
}

/** A statement as far as it is the same for all its executions, so that this is worked out once. */
export interface KnownStatement {
  readonly text: string;
  /** From a `traceparent` in its comments. */
  readonly request: string | null;
  /** Whose one execution was. */
  attribute(told: ToldOfStatement): Attribution;
}

/** A statement by the tag in its comments, else by what exactly one call of the project sends. */
export function attributeStatement(
  index: SiteIndex,
  statement: CanonicalSql & Partial<FoldedSql>,
  dialect: Dialect,
  told: ToldOfStatement = {},
): Attribution {
  return knownStatement(index, statement, dialect).attribute(told);
}

/** Gives the same answers as {@link attributeStatement}, for many executions of one statement. */
export function knownStatement(
  index: SiteIndex,
  { text, comments, values }: CanonicalSql & Partial<FoldedSql>,
  dialect: Dialect,
): KnownStatement {
  const { place, query, request } = commentTags(comments);
  const of = (attribution: Attribution): KnownStatement => ({ text, request, attribute: () => attribution });
  if (text === '' || CONTROL.test(text)) return of({ kind: 'control' });
  const senders = index.sending(text, dialect);
  const tagged = place && siteAt(index, place, senders, text);
  if (tagged) return of(tagged);
  const places = values?.() ?? [];
  const isInsert = text.startsWith('insert ');
  const [sender] = senders;
  const begun = sender && beginsWith(senders) ? index.rivals(sender.site, text) : [];
  const rivals: readonly Sender[] = sender
    ? [...index.followers(text), ...begun.map((site) => ({ site, texts: [] }))]
    : [];
  const answer = (told: ToldOfStatement): Attribution => {
    const { caller } = told;
    const called = caller && siteOfCaller(index, caller, senders, text);
    if (called) return called;
    const sent = valuePlaces(places, told.parameters);
    const asked = query ?? (caller ? queryOfCaller(caller) : null);
    const left = narrowed(senders, (each, { site }) => {
      if (!mayRun(site, each, told.inTransaction)) return false;
      return each.constants === null || !contradicts(each.constants, sent, isInsert);
    });
    if (asked) return byQuery(index, asked, left, text);
    return oneOf(
      left,
      rivals.filter(({ site, follows }) => {
        if (follows === 'write' && told.inTransaction === false) return false;
        return mayRun(site, null, told.inTransaction);
      }),
    );
  };
  const usual = answer({});
  const tells = places.some((place) => place.some((value) => typeof value === 'number'));
  return {
    ...{ text, request },
    attribute: (told) =>
      told.caller || told.inTransaction !== undefined || (tells && told.parameters) ? answer(told) : usual,
  };
}

/** Leaves of the senders those of whose texts one at least passes. */
function narrowed(senders: readonly Sender[], passes: (text: SiteText, sender: Sender) => boolean): readonly Sender[] {
  return senders.flatMap((sender) => {
    const texts = sender.texts.filter((text) => passes(text, sender));
    return texts.length > 0 ? [{ ...sender, texts }] : [];
  });
}

function beginsWith(senders: readonly Sender[]): boolean {
  return senders.some(({ texts }) => texts.some(({ part }) => part === 'first'));
}

/** The call a tag names; null where it names none, or one that certainly sends something else. */
function siteAt(index: SiteIndex, place: TaggedPlace, senders: readonly Sender[], text: string): Attribution | null {
  const tagged = index.places.at(place);
  const [site] = tagged;
  if (!site || tagged.length > 1 || sendsOther(index, site, senders)) return null;
  const known = senders.find((sender) => sender.site === site);
  const part = known ? partOf([known]) : partByTable(site, text);
  return { kind: 'site', match: 'exact', site, part, ...(known && { sender: known }) };
}

/** The code was edited since: the place holds another call now, which never sends this, and others do. */
function sendsOther(index: SiteIndex, site: QuerySite, senders: readonly Sender[]): boolean {
  return senders.length > 0 && index.isKnown(site) && senders.every((sender) => sender.site !== site);
}

function siteOfCaller(index: SiteIndex, caller: Caller, senders: readonly Sender[], text: string): Attribution | null {
  const { file, line, model, operation } = caller;
  if (file === null || line === null) return null;
  const found = siteAt(index, { file, line, column: null }, senders, text);
  const same =
    found?.kind === 'site' &&
    (model === null || (found.site.model?.name === model && found.site.operation === operation));
  return same ? found : null;
}

function queryOfCaller({ model, operation }: Caller): InsightQuery | null {
  return model === null ? null : { name: `${model}.${operation}`, operations: [`${model}.${operation}`], args: null };
}

function partOf(senders: readonly Sender[]): 'first' | 'further' {
  return beginsWith(senders) ? 'first' : 'further';
}

/** Of a call whose statements are not all known: it begins with one on its own table. */
function partByTable({ model }: QuerySite, text: string): 'first' | 'further' {
  if (model === null) return 'first';
  return statementTable(text)?.toLowerCase() === model.table.toLowerCase() ? 'first' : 'further';
}

/** Among the calls of a name, those whose arguments may be the ones that are told. */
function byQuery(index: SiteIndex, query: InsightQuery, senders: readonly Sender[], text: string): Attribution {
  const named = query.operations.flatMap((name) => index.named(name));
  const agrees = (way: SentWay | null) => query.args === null || way === null || mayBeArguments(way, query.args);
  const may = named.filter((site) => !index.isKnown(site) || index.ways(site).some(agrees));
  const among = narrowed(senders, ({ way }, { site }) => may.includes(site) && agrees(way));
  const [first] = among;
  const rivals = first && beginsWith(among) ? index.rivals(first.site, text) : [];
  const unsure = rivals.filter((site) => may.includes(site)).map((site) => ({ site, texts: [] }));
  if (first) return oneOf(among, unsure);
  const [only] = may;
  const told = query.args !== null && only ? true : only !== undefined && !index.isKnown(only);
  if (only && may.length === 1 && told)
    return { kind: 'site', match: 'shape', site: only, part: partByTable(only, text) };
  return named.length > 0
    ? { kind: 'model', name: nameOf(named), candidates: may.length > 0 ? may : named }
    : { kind: 'unmatched' };
}

/** The one that is left; rivals may have sent it as well, and are never the only ones that may. */
function oneOf(senders: readonly Sender[], rivals: readonly Sender[]): Attribution {
  const candidates = [...new Set([...senders, ...rivals].map(({ site }) => site))];
  const [sender] = senders;
  if (candidates.length === 0) return { kind: 'unmatched' };
  if (sender && candidates.length === 1)
    return { kind: 'site', match: 'shape', site: sender.site, part: partOf([sender]), sender };
  const first = new Map([...rivals, ...senders].map((each) => [each.site, each]));
  return { kind: 'ambiguous', candidates, senders: candidates.flatMap((site) => first.get(site) ?? []) };
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
