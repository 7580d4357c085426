import type { z } from 'zod';
import type { DraftFix } from '#graph/edits/draft.ts';
import type { EntryPoint, ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { Proof, Severity } from '#shared/finding.ts';
import type { IndexChange } from '#shared/indexChange.ts';
import type { Location } from '#shared/location.ts';
import type { Measurements } from '#shared/measurement.ts';
import type { ProjectSettings } from '#shared/settings.ts';
import type { ParseSelects } from '#sql/parse/sqlParsers.ts';

/** Everything a rule may ask for; it names what it needs and receives only that. */
export interface Inputs {
  readonly queries: readonly QuerySite[];
  readonly entryPoints: readonly EntryPoint[];
  readonly schemas: readonly SchemaModel[];
  readonly graph: ProjectGraph;
  /** What the project's configuration says about its data: model sizes, cache helpers, entry points. */
  readonly project: ProjectSettings;
  /** What was measured, by the id of the query site; empty where nothing was. A rule that asks for it does not `remember` what it found by it. */
  readonly measurements: Measurements;
  readonly remember: Remember;
  /** Loaded only where a rule that is on needs it and the project has raw SQL; elsewhere it understands nothing. */
  readonly parseSelects: ParseSelects;
  /** The same for rules that look only into what drivers send: a project whose SQL all goes through Prisma loads nothing for them. */
  readonly parseDriverSql: ParseSelects;
}

/**
 * What a rule finds about one thing, such as a query or an entry point. In an editor it is kept until something changes that was asked of
 * the graph to find it; a rule that works through all queries without it is right, and slower while somebody types. At most once a rule
 * and thing; `find` may use the options, the project's settings and what it asks the graph, and nothing else.
 */
export type Remember = <Item>(about: object, find: () => Iterable<Item>) => readonly Item[];

/** Every message says what happens, what it costs, what to do; `{name}` is filled from the report's data. */
export interface MessageTemplate {
  readonly happens: string;
  readonly costs: string;
  readonly todo: string;
}

/** How long a call takes, how often one request makes it, or how long several calls are waited for one after the other. */
export type MeasuredBy = 'latency' | 'repeats' | 'waits';

/** What is known of a rule without running it: tables, settings and pages are made of it. */
export interface RuleMeta<Needs extends keyof Inputs, Options extends z.ZodObject, MessageId extends string> {
  /** The folder's name: a noun for the problem in its failing state. */
  readonly id: string;
  /** One sentence for the rule table: what it finds. */
  readonly finds: string;
  /** One sentence: why that costs. */
  readonly why: string;
  /** Loudness of a finding with proof `schema` or better; below that nothing is louder than a hint. */
  readonly severity: Severity;
  readonly stage: 'stable' | 'experimental';
  /** Smallest preset that has it on. */
  readonly preset: 'recommended' | 'strict' | 'all';
  /** What of a measurement tells how much the problem costs; absent where nothing does, and a measurement is then shown and changes no severity. */
  readonly measuredBy?: MeasuredBy;
  /** Codes of Prisma 8's own runtime lints that mean the same. */
  readonly prismaCodes: readonly string[];
  readonly needs: readonly Needs[];
  readonly messages: Readonly<Record<MessageId, MessageTemplate>>;
  /** Every option has a default and a `describe()`: the config's JSON Schema and the page are made from it. */
  readonly options: Options;
}

/** A rule is a value: what it is, what it needs, and a pure generator of reports. */
export interface Rule<
  Needs extends keyof Inputs = keyof Inputs,
  Options extends z.ZodObject = z.ZodObject,
  MessageId extends string = string,
> {
  readonly meta: RuleMeta<Needs, Options, MessageId>;
  check(inputs: Pick<Inputs, Needs>, options: z.output<Options>): Iterable<Report<MessageId>>;
}

/** One thing a rule saw, before suppression, identity and severity by proof. */
export interface Report<MessageId extends string = string> {
  readonly messageId: MessageId;
  readonly data: Readonly<Record<string, string | number>>;
  readonly at: Location;
  readonly proof: Proof;
  /** Overrides the rule's default where the rule weighs its cases; configuration still wins. */
  readonly severity?: Severity;
  /** Enclosing symbol, for the finding's identity. */
  readonly symbol: string;
  readonly model?: string;
  readonly operation?: string;
  readonly columns?: readonly string[];
  readonly related?: readonly { readonly at: Location; readonly message: string }[];
  /** Drafts; a plain `Fix` is one whose texts are all written already. */
  readonly fixes?: readonly DraftFix[];
  /** Where it is about an index to add or to drop. */
  readonly index?: IndexChange;
}

/** Types a rule: `check` sees only the inputs its meta names. */
export function defineRule<const Needs extends keyof Inputs, Options extends z.ZodObject, MessageId extends string>(
  rule: Rule<Needs, Options, MessageId>,
): Rule<Needs, Options, MessageId> {
  return rule;
}
