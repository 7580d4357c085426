import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { queryFingerprint } from '#graph/queryFingerprint.ts';
import type { Dialect } from '#schema/sqlTokens.ts';
import type { SentWay, SentWays } from '#sql/sentWays.ts';
import { callOrder } from './callOrder.ts';
import { unknownFollowers } from './followers.ts';
import { labelledSites } from './labels.ts';
import { type PlacedSites, placedSites } from './placedSites.ts';
import { dialectOf, frameOf, mayBeBoth, type SiteText, type SiteTexts, siteTexts } from './siteTexts.ts';

/** What is known of the calls of a project for telling whose an execution was. */
export interface SiteIndex {
  readonly places: PlacedSites;
  /** Calls that send a statement of this text; where none is known to, those of which all but the conditions is known, and is the same. */
  sending(text: string, dialect: Dialect): readonly Sender[];
  /** By `Model.operation`, whatever the case of the model's first letter. */
  named(name: string): readonly QuerySite[];
  /** By the label of a wrapper around the call. */
  labelled(label: string): readonly QuerySite[];
  /** The ways to make a call, as far as they are known. */
  ways(site: QuerySite): readonly SentWay[];
  /** Whether all a call may send is known. */
  isKnown(site: QuerySite): boolean;
  /** Calls of which it is not known what else they may send, which may begin with what `site` begins with. */
  rivals(site: QuerySite, text: string): readonly QuerySite[];
  /** Calls that may send a statement after their first, in a part of their arguments that is not known. */
  followers(text: string): readonly Sender[];
  /** Calls of the same function that have always ended when this one begins, and little else is waited for between them; nearest first. */
  before(site: QuerySite): readonly QuerySite[];
  /** Fingerprint of the query that stands there now, for figures belong to it. */
  versionOf(site: QuerySite): string;
  /** What the schemas say the database is; PostgreSQL where they say nothing. */
  readonly dialect: Dialect;
}

/** A call, and the ways in which it sends a statement. */
export interface Sender {
  readonly site: QuerySite;
  /** None where it is not known that it does. */
  readonly texts: readonly SiteText[];
  /** It may, and then never first: `write` between BEGIN and COMMIT only. */
  readonly follows?: 'read' | 'write';
}

/** Only what changed is compiled anew where `sentBy` remembers the rest. */
export function siteIndex(graph: ProjectGraph, sentBy: (site: QuerySite) => SentWays): SiteIndex {
  const senders = new Map<string, Map<QuerySite, SiteText[]>>();
  const frames = new Map<string, Map<QuerySite, SiteText[]>>();
  const unsure = new Map<QuerySite, SiteTexts>();
  const ways = new Map(graph.sites.map((site) => [site, sentBy(site)]));
  for (const [site, sent] of ways) {
    const texts = siteTexts(sent);
    if (!texts.whole) unsure.set(site, texts);
    for (const text of texts.statements) {
      if (text.frameOnly) put(frames, `${text.dialect} ${frameOf(text.text)}`, site, text);
      else put(senders, `${text.dialect} ${text.text}`, site, text);
    }
  }
  const order = callOrder(graph);
  const followers = unknownFollowers(unsure.keys(), (site) => ways.get(site)?.lost ?? []);
  const unsureOf = Map.groupBy(unsure.keys(), ({ model }) => model);
  const names = Map.groupBy(graph.sites, (site) => nameKey(`${site.model?.name ?? ''}.${site.operation}`));
  const labels = labelledSites(graph);
  const provider = graph.schemas.find((schema) => schema.provider !== null)?.provider;
  const found = (text: string, dialect: Dialect) =>
    senders.get(`${dialect} ${text}`) ?? frames.get(`${dialect} ${frameOf(text)}`);
  return {
    places: placedSites(graph.sites),
    sending: (text, dialect) => [...(found(text, dialect) ?? [])].map(([site, texts]) => ({ site, texts })),
    named: (name) => names.get(nameKey(name)) ?? [],
    labelled: (label) => labels.get(label) ?? [],
    ways: (site) => ways.get(site)?.ways ?? [],
    isKnown: (site) => !unsure.has(site),
    rivals: (site, text) =>
      (unsureOf.get(site.model) ?? []).filter(
        (rival) => mayBeBoth(site, rival) && unsure.get(rival)?.mayAlsoSend(text) === true,
      ),
    followers,
    before: order.before,
    versionOf: (site) => queryFingerprint(graph, site),
    dialect: dialectOf(provider ?? 'postgresql') ?? 'postgresql',
  };
}

function put(map: Map<string, Map<QuerySite, SiteText[]>>, key: string, site: QuerySite, text: SiteText): void {
  const ofKey = map.get(key) ?? new Map<QuerySite, SiteText[]>();
  map.set(key, ofKey);
  ofKey.set(site, [...(ofKey.get(site) ?? []), text]);
}

function nameKey(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
