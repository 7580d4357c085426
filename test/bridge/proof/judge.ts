import type { SiteIndex } from '#bridge/attribute/siteIndex.ts';
import { createSampleCounter } from '#bridge/ingest/countSamples.ts';
import { sourceById } from '#bridge/sources.ts';
import { createTallies, type Subject, type Tallies } from '#bridge/store/tally.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { canonicalSql } from '#sql/canonical/canonicalSql.ts';
import { readLog } from '../support/readLog.ts';
import type { TrueExecution } from './executions.ts';

/** What became of the executions of one call. */
export interface Judged {
  right: number;
  /** Said to be of no one call. */
  open: number;
  /** Said to be of another call. */
  wrong: number;
}

export interface Verdict {
  /** By the place of the call that really sent them. */
  readonly sites: ReadonlyMap<string, Judged>;
  /** Told by the log and executed by no call of the application. */
  readonly strange: readonly string[];
  /** What was said wrongly. */
  readonly mistakes: readonly Mistake[];
  /** True executions the log did not give. */
  readonly missing: number;
}

export interface Mistake {
  readonly sql: string;
  readonly site: string;
  readonly claimed: string;
}

/** Holds what attribution makes of a log, execution by execution, to what the application knows of them. */
export async function judge(
  { index, graph }: { readonly index: SiteIndex; readonly graph: ProjectGraph },
  log: string,
  format: string,
  truth: readonly TrueExecution[],
): Promise<Verdict> {
  const ids = new Map([...new Set(truth.map(({ site }) => site ?? ''))].map((site) => [site, siteAt(graph, site)?.id]));
  const waiting = Map.groupBy(
    truth.filter(({ site, sql }) => site !== null && !CONTROL.test(sql)),
    ({ sql, at, ms }) => keyOf(canonicalSql(sql, format.startsWith('mysql') ? 'mysql' : index.dialect).text, at, ms),
  );
  const sites = new Map<string, Judged>();
  const strange: string[] = [];
  const mistakes: Mistake[] = [];
  const counted = await countedOf(index, log, format);
  // Of several that are alike, those come first that somebody claims, so that none takes what another has a right to.
  for (const { subject, at, ms } of counted.toSorted(
    (a, b) => Number(a.subject.site === null) - Number(b.subject.site === null),
  )) {
    const alike = waiting.get(keyOf(subject.text, at, ms)) ?? [];
    const claimed = subject.site;
    const found = alike.find(({ site }) => ids.get(site ?? '') === claimed) ?? alike[0];
    if (!found) {
      if (claimed !== null || subject.match !== 'unmatched') strange.push(subject.text);
      continue;
    }
    alike.splice(alike.indexOf(found), 1);
    const judged = sites.get(found.site ?? '') ?? { right: 0, open: 0, wrong: 0 };
    sites.set(found.site ?? '', judged);
    if (claimed === null) judged.open += 1;
    else if (claimed === ids.get(found.site ?? '')) judged.right += 1;
    else {
      judged.wrong += 1;
      mistakes.push({ sql: found.sql.slice(0, SHOWN), site: found.site ?? '', claimed });
    }
  }
  return { sites, strange, mistakes, missing: [...waiting.values()].flat().length };
}

/** A call that writes in several steps begins and ends a transaction of its own, and the first one may connect. */
const CONTROL = /^(?:BEGIN|COMMIT|ROLLBACK|SELECT VERSION\(\)$)/;

/** The call at a place a stack named, which is that of the called name or of what follows it. */
export function siteAt(graph: ProjectGraph, place: string): QuerySite | null {
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
  const around = graph.sites.filter((site) => {
    const offset = (site.facts.lineStarts[Number(line) - 1] ?? 0) + Number(column) - 1;
    return site.file === file && site.call.span.start <= offset && offset < site.call.span.end;
  });
  const length = ({ call: { span } }: QuerySite) => span.end - span.start;
  return around.toSorted((a, b) => length(a) - length(b))[0] ?? null;
}

/** In characters. */
const SHOWN = 120;

interface Counted {
  readonly subject: Subject;
  readonly at: number;
  readonly ms: number;
}

async function countedOf(index: SiteIndex, log: string, format: string): Promise<readonly Counted[]> {
  const counted: Counted[] = [];
  const into: Tallies = {
    ...createTallies(),
    execution: (subject, at, ms, weight) => {
      for (let each = 0; each < weight; each++) counted.push({ subject, at, ms });
    },
    totals: () => undefined,
  };
  const source = sourceById(format);
  if (source === null) throw new Error(`there is no format ${format}`);
  const counter = createSampleCounter(index, Date.now);
  await readLog(log, source, (sample) => counter.count(sample, source, into));
  counter.settle(into);
  return counted;
}

function keyOf(text: string, at: number, ms: number): string {
  return `${text} ${at} ${ms.toFixed(3)}`;
}
