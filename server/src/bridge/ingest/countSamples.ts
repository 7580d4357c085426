import { createHash } from 'node:crypto';
import type { Dialect } from '#schema/sqlTokens.ts';
import type { ProbeSample } from '#shared/probeSample.ts';
import { type CanonicalSql, canonicalSql } from '#sql/canonical/canonicalSql.ts';
import { type Attribution, attributeCall, attributeName, attributeStatement } from '../attribute/attribute.ts';
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
import type { Subject, Tallies } from '../store/tally.ts';
import { routeName } from './routeName.ts';

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
  /** Executions dated in the future, which count as of when they were read. */
  misdated: number;
  /** Executions by what is known of them, canonical SQL above all; without values. */
  readonly unmatched: Map<string, number>;
}

export function emptyCounts(): IngestCounts {
  const matched = { exact: 0, shape: 0, label: 0, model: 0, ambiguous: 0, unmatched: 0 };
  return { executions: 0, matched, control: 0, unreadable: 0, lost: 0, misdated: 0, unmatched: new Map() };
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

/** Attributes samples and counts them; from here on no value of the application is left. */
export function createSampleCounter(first: SiteIndex, now: () => number = Date.now): SampleCounter {
  const counts = emptyCounts();
  let index = first;
  const statementSubject = remembering((sql: string, dialect: Dialect) => subjectOfStatement(index, sql, dialect));

  function timeOf({ at }: Sample, weight: number): number {
    const present = now();
    if (at !== null && Number.isFinite(at) && at >= 0 && at <= present + MOST_AHEAD_MS) return at;
    if (at !== null && at > present) counts.misdated += weight;
    return present;
  }

  function note(subject: Subject, weight: number): void {
    counts.executions += weight;
    counts.matched[subject.match] += weight;
    if (subject.match !== 'unmatched') return;
    if (counts.unmatched.size < MOST_SHAPES || counts.unmatched.has(subject.text))
      counts.unmatched.set(subject.text, (counts.unmatched.get(subject.text) ?? 0) + weight);
  }

  function countStatement(sample: StatementSample | TotalsSample, source: Source, into: Tallies): void {
    const subject = statementSubject(sample.sql, dialectOfSource(source) ?? index.dialect);
    const weight = sample.kind === 'totals' ? sample.calls : 1;
    if (subject === null) counts.control += weight;
    if (subject === null || !(weight > 0)) return;
    note(subject, weight);
    const at = timeOf(sample, weight);
    if (sample.kind === 'statement') {
      const { plan } = sample;
      const ms = milliseconds(sample.ms);
      into.execution(subject, at, ms, 1, requestOf(sample));
      if (plan !== null) into.plan(subject, at, ms, () => planText(plan));
    } else
      into.totals({ ...subject, part: subject.part === 'further' ? 'further-totals' : 'totals' }, at, totalsOf(sample));
  }

  function countTold(sample: CallSample | NamedSample, into: Tallies): void {
    const subject = sample.kind === 'call' ? subjectOfCall(index, sample) : subjectOfName(index, sample);
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
      if (sample.kind === 'statement' || sample.kind === 'totals') countStatement(sample, source, into);
      else if (sample.kind === 'call' || sample.kind === 'named') countTold(sample, into);
      else countAround(sample, timeOf(sample, 0), into);
    },
    settle: () => undefined,
    dialect: () => index.dialect,
    renew: (edited) => {
      index = edited;
      statementSubject.forget();
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

/** The request an execution was made for, where the source tells it. */
function requestOf({ request, route, statements }: Pick<ProbeSample, 'request' | 'route' | 'statements'>) {
  if (request === undefined) return null;
  return { id: request, route: route === undefined ? null : routeName(route), statements: statements ?? null };
}

/** A clock whose zone the log does not tell is ahead by less; one that is ahead by more is wrong. */
const MOST_AHEAD_MS = 24 * 3_600_000;

/** Different statements that were met lately, so that a log with literals in it fills no memory. */
const MOST_REMEMBERED = 10_000;
const MOST_SHAPES = 10_000;

function remembering<Answer>(ask: (sql: string, dialect: Dialect) => Answer) {
  const known = new Map<string, Answer>();
  const remember = (sql: string, dialect: Dialect): Answer => {
    if (sql.length > LONGEST_TEXT) return ask(sql, dialect);
    const key = `${dialect} ${sql}`;
    if (known.has(key)) return known.get(key) as Answer;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const answer = ask(sql, dialect);
    known.set(key, answer);
    return answer;
  };
  return Object.assign(remember, { forget: () => known.clear() });
}

/** A log of one database reads like that one, whatever the project is on: what is a name in one is a text in another. */
function dialectOfSource({ id }: Source): Dialect | null {
  if (/^(?:mysql|mariadb)/.test(id)) return 'mysql';
  return /^(?:postgres|pg|auto.?explain)/.test(id) ? 'postgresql' : null;
}

function subjectOfStatement(index: SiteIndex, sql: string, dialect: Dialect): Subject | null {
  const canonical: CanonicalSql = canonicalSql(sql, dialect);
  const attribution = attributeStatement(index, canonical, dialect);
  if (attribution.kind === 'control') return null;
  return subject(index, attribution, { dialect, text: bounded(canonical.text), part: 'first' });
}

/** Statements of greater length are the work of machines: so much is enough to know them by. */
const LONGEST_TEXT = 10_000;

function bounded(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)} … ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
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
