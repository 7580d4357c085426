import { positionAt } from '#graph/places.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Dialect } from '#schema/sqlTokens.ts';
import type { ProbeSample } from '#shared/probeSample.ts';
import { type Attribution, attributeCall, attributeName } from '../attribute/attribute.ts';
import type { SiteIndex } from '../attribute/siteIndex.ts';
import { planText } from '../plan/planText.ts';
import type {
  CallSample,
  NamedSample,
  RatioSample,
  RouteSample,
  Sample,
  StatementSample,
  TotalsSample,
} from '../sample.ts';
import type { Source } from '../source.ts';
import type { RequestPart } from '../store/requestTally.ts';
import type { Subject, Tallies } from '../store/tally.ts';
import { createKnownStatements } from './knownStatements.ts';
import { routeName } from './routeName.ts';
import { sentBy } from './sentBy.ts';
import { createSequence, type Sequence } from './sequence.ts';
import { createTracedCalls, type TracedCalls } from './tracedCalls.ts';

/** What was read, for people. */
export interface IngestCounts {
  executions: number;
  /** By how they were matched. */
  readonly matched: Record<Subject['match'], number>;
  /** Statements that are none of a query, such as COMMIT. */
  control: number;
  unreadable: number;
  /** What the source says it could not write down. */
  lost: number;
  /** Executions dated in the future, which count as of the time of the one before. */
  misdated: number;
  /** What the application told of its routes and of itself. */
  metrics: number;
  /** Executions by what is known of them, canonical SQL above all; without values. */
  readonly unmatched: Map<string, number>;
  /** Likewise those several calls may have sent. */
  readonly undecided: Map<string, Undecided>;
  /** By the database the source names: a log may hold those of several. */
  readonly databases: Map<string, { readonly executions: number; readonly known: number }>;
}

/** Executions of one statement that are of no one call. */
export interface Undecided {
  readonly executions: number;
  /** Places of calls that may have sent it, `src/orders.ts:12`; of many the first ones. */
  readonly candidates: readonly string[];
}

export function emptyCounts(): IngestCounts {
  const matched = { exact: 0, shape: 0, label: 0, model: 0, ambiguous: 0, unmatched: 0 };
  return {
    ...{ executions: 0, matched, control: 0, unreadable: 0, lost: 0, misdated: 0, metrics: 0 },
    ...{ unmatched: new Map(), undecided: new Map(), databases: new Map() },
  };
}

export interface SampleCounter {
  readonly counts: IngestCounts;
  count(sample: Sample, source: Source, into: Tallies): void;
  /** Counts what was held back for what may follow it: to be called before what is counted is written. */
  settle(into: Tallies): void;
  unreadable(): void;
  lost(samples: number): void;
  /** What the project's database reads. */
  dialect(): Dialect;
  /** The code was edited: what is counted from now on belongs to its calls as they are now. */
  renew(index: SiteIndex): void;
}

/** What was running when something ran, by what the source tells of it and by its time; undefined where that is not known. */
export type DeployOf = (told: string | undefined, at: number | null) => string | undefined;

/** Attributes samples and counts them; from here on no value of the application is left. */
export function createSampleCounter(
  first: SiteIndex,
  now: () => number = Date.now,
  deployOf: DeployOf = (told) => told,
): SampleCounter {
  const counts = emptyCounts();
  let index = first;
  let lastTime: number | null = null;
  const statements = createKnownStatements(first);
  /** One for each log that is read. */
  let sequences = new WeakMap<Tallies, Sequence>();
  const sequenceOf = (into: Tallies): Sequence => {
    const sequence = sequences.get(into) ?? createSequence(index);
    sequences.set(into, sequence);
    return sequence;
  };

  const traced = new WeakMap<Tallies, TracedCalls>();
  const tracedOf = (into: Tallies): TracedCalls => {
    const calls = traced.get(into) ?? createTracedCalls();
    traced.set(into, calls);
    return calls;
  };

  /** Of a time from the future the one before it is nearest; as of now it would make all that is old too old to be kept. */
  function timeOf({ at }: Sample, weight: number): number {
    const present = now();
    if (at !== null && Number.isFinite(at) && at >= 0 && at <= present + MOST_AHEAD_MS) {
      lastTime = at;
      return at;
    }
    if (at === null || !(at > present)) return present;
    counts.misdated += weight;
    return lastTime ?? present;
  }

  function running({ deploy: told, at }: Sample): Pick<Subject, 'deploy'> {
    const deploy = deployOf(told, at);
    return deploy === undefined ? {} : { deploy };
  }

  function note(subject: Subject, weight: number): void {
    counts.executions += weight;
    counts.matched[subject.match] += weight;
    if (subject.match !== 'unmatched') return;
    if (counts.unmatched.size < MOST_SHAPES || counts.unmatched.has(subject.text))
      counts.unmatched.set(subject.text, (counts.unmatched.get(subject.text) ?? 0) + weight);
  }

  /** Whose a statement may be stays in the tally; here is what a person can look up. */
  function noteUndecided(text: string, whose: Attribution): void {
    if (whose.kind !== 'ambiguous' && whose.kind !== 'model') return;
    const before = counts.undecided.get(text);
    if (!before && counts.undecided.size >= MOST_SHAPES) return;
    const candidates = before?.candidates ?? whose.candidates.slice(0, MOST_CANDIDATES).map(placeOf);
    counts.undecided.set(text, { executions: (before?.executions ?? 0) + 1, candidates });
  }

  function noteDatabase(database: string | null, { site }: Subject): void {
    if (database === null || (!counts.databases.has(database) && counts.databases.size >= MOST_DATABASES)) return;
    const { executions, known } = counts.databases.get(database) ?? { executions: 0, known: 0 };
    counts.databases.set(database, { executions: executions + 1, known: known + (site === null ? 0 : 1) });
  }

  function countTotals(sample: TotalsSample, source: Source, into: Tallies): void {
    const statement = statements.of(sample.sql, dialectOfSource(source) ?? index.dialect);
    const attribution = statement.attribute({});
    const { calls: weight } = sample;
    if (attribution.kind === 'control') counts.control += weight;
    if (attribution.kind === 'control' || !(weight > 0)) return;
    const { dialect, text } = statement;
    const known = subject(index, attribution, { dialect, text, part: 'first' });
    note(known, weight);
    into.totals(
      { ...known, part: known.part === 'further' ? 'further-totals' : 'totals' },
      timeOf(sample, weight),
      totalsOf(sample),
    );
  }

  function countStatement(sample: StatementSample, source: Source, into: Tallies): void {
    const { parameters, caller, session, plan, route } = sample;
    const statement = statements.of(sample.sql, dialectOfSource(source) ?? index.dialect);
    const attribution = statement.attribute({ parameters, caller });
    const at = timeOf(sample, 1);
    const ms = milliseconds(sample.ms);
    const request = sample.request ?? statement.request;
    const asked = request === null ? null : requestOf({ request, ...(route !== undefined && { route }) });
    const under = running(sample);
    const count = (whose: Attribution): void => {
      const { dialect, text } = statement;
      const known = { ...subject(index, whose, { dialect, text, part: 'first' }), ...under };
      note(known, 1);
      noteUndecided(text, whose);
      noteDatabase(sample.database, known);
      into.execution(known, at, ms, 1, asked);
      if (plan !== null) into.plan(known, at, ms, () => planText(plan));
    };
    if (attribution.kind === 'control') {
      counts.control += 1;
      if (session !== undefined) sequenceOf(into).control(session, statement.text);
    } else if (caller?.call !== undefined) tracedOf(into).take(caller.call, sentBy(attribution, count));
    else if (session === undefined || sample.at === null) count(attribution);
    else sequenceOf(into).take({ session, begin: at - ms, end: at, ...sentBy(attribution, count) });
  }

  function countTold(sample: CallSample | NamedSample, into: Tallies): void {
    const whose = sample.kind === 'call' ? subjectOfCall(index, sample) : subjectOfName(index, sample);
    const subject = { ...whose, ...running(sample) };
    const [ms, weight] = sample.kind === 'call' ? [sample.call.ms, sample.call.weight ?? 1] : [sample.ms, 1];
    if (!(weight > 0)) return;
    note(subject, weight);
    const request = sample.kind === 'call' ? requestOf(sample.call) : null;
    into.execution(subject, timeOf(sample, weight), milliseconds(ms), weight, request);
  }

  return {
    counts,
    unreadable: () => {
      counts.unreadable += 1;
    },
    lost: (samples) => {
      counts.lost += samples;
    },
    count: (sample, source, into) => {
      if (sample.kind === 'statement') countStatement(sample, source, into);
      else if (sample.kind === 'totals') countTotals(sample, source, into);
      else if (sample.kind === 'call' || sample.kind === 'named') countTold(sample, into);
      else {
        counts.metrics += 1;
        countAround(sample, timeOf(sample, 0), into);
      }
    },
    settle: (into) => {
      sequences.get(into)?.settle();
      traced.get(into)?.settle();
    },
    dialect: () => index.dialect,
    renew: (edited) => {
      index = edited;
      statements.renew(edited);
      // What waits is counted as it was when it came.
      sequences = new WeakMap();
    },
  };
}

/** What the application says of its routes and of itself. */
function countAround(sample: RouteSample | RatioSample, at: number, into: Tallies): void {
  if (sample.kind === 'ratio') into.ratio({ ...sample, at });
  else {
    const route = routeName(sample.route);
    if (route !== null) into.route({ ...sample, route, at });
  }
}

type ToldOfRequest = Pick<ProbeSample, 'request' | 'route' | 'statements' | 'weight'>;

/** The request an execution was made for, where the source tells it. */
function requestOf({ request, route, statements, weight = 1 }: ToldOfRequest): RequestPart | null {
  if (request === undefined) return null;
  return { id: request, route: route === undefined ? null : routeName(route), statements: statements ?? null, weight };
}

/** A clock whose zone the log does not tell is ahead by less; one that is ahead by more is wrong. */
const MOST_AHEAD_MS = 24 * 3_600_000;

const MOST_SHAPES = 10_000;
/** To be looked at one by one. */
const MOST_CANDIDATES = 8;
/** More are no databases of one server but values where their names should be. */
const MOST_DATABASES = 20;

function placeOf({ file, call, facts }: QuerySite): string {
  return `${file}:${positionAt(facts.lineStarts, call.nameSpan.start).line}`;
}

/** A log of one database reads like that one, whatever the project is on: what is a name in one is a text in another. */
function dialectOfSource({ id }: Source): Dialect | null {
  if (/^(?:mysql|mariadb)/.test(id)) return 'mysql';
  return /^(?:postgres|pg|auto.?explain)/.test(id) ? 'postgresql' : null;
}

function subjectOfCall(index: SiteIndex, { call }: CallSample): Subject {
  const text = call.model === null ? call.operation : `${call.model}.${call.operation}`;
  return subject(index, attributeCall(index, call), { dialect: 'call', text: safeName(text), part: 'call' });
}

function subjectOfName(index: SiteIndex, { name }: NamedSample): Subject {
  return subject(index, attributeName(index, name), { dialect: 'name', text: safeName(name), part: 'call' });
}

/** A name is kept only if it can be one: anything else may hold data. */
function safeName(name: string): string {
  return /^[$A-Za-z_][\w$]{0,60}(?:[.:-][$A-Za-z_][\w$]{0,60}){0,3}$/.test(name) ? name : '(no name)';
}

function subject(
  index: SiteIndex,
  attribution: Attribution,
  known: Pick<Subject, 'dialect' | 'text' | 'part'>,
): Subject {
  switch (attribution.kind) {
    case 'site':
      return {
        ...{ ...known, site: attribution.site.id, version: index.versionOf(attribution.site) },
        ...{ name: '', match: attribution.match, part: attribution.part },
      };
    case 'model':
      return { ...known, site: null, name: attribution.name, match: 'model' };
    case 'ambiguous':
      return { ...known, site: null, name: '', match: 'ambiguous' };
    default:
      return { ...known, site: null, name: '', match: 'unmatched' };
  }
}

function milliseconds(ms: number): number {
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
}

function totalsOf({ calls, totalMs, minMs, maxMs }: TotalsSample) {
  const sumMs = milliseconds(totalMs);
  const mean = sumMs / calls;
  return { count: calls, sumMs, minMs: milliseconds(minMs ?? mean), maxMs: milliseconds(maxMs ?? mean) };
}
