import type { QuerySite } from '#graph/projectGraph.ts';
import type { SentStatement, SentWay } from '#sql/sentWays.ts';
import type { SeededRandom } from '#test/support/seededRandom.ts';

/** One line of a log, and what is true of it. */
export interface Sent {
  readonly sql: string;
  readonly parameters: readonly (string | null)[];
  readonly session: string;
  /** When it was logged, in whole milliseconds. */
  readonly at: number;
  readonly ms: number;
  /** Null for BEGIN and COMMIT. */
  readonly site: QuerySite | null;
}

/** Calls that one request makes one after the other. */
export interface Steps {
  readonly sites: readonly QuerySite[];
  readonly transaction: boolean;
}

interface Request {
  readonly steps: readonly (Statement | 'begin' | 'end')[];
  at: number;
  next: number;
  session: string | null;
}

interface Statement {
  readonly site: QuerySite;
  readonly statement: SentStatement;
}

/** What a server logs of requests that run side by side over a pool of connections, each statement on any that is free. */
export function traffic(
  random: SeededRandom,
  waysOf: (site: QuerySite) => readonly SentWay[],
  requests: readonly Steps[],
  atOnce: number,
): readonly Sent[] {
  const log: (Sent & { readonly end: number })[] = [];
  const pool = createPool(random, atOnce + 1);
  const waiting = requests.map((steps) => requestOf(random, waysOf, steps));
  let running: Request[] = [];
  let clock = 1_767_261_600_000;
  while (waiting.length > 0 || running.length > 0) {
    while (running.length < atOnce && waiting.length > 0) {
      const at = clock + random.below(atOnce === 1 ? 900 : 30);
      running.push(...waiting.splice(0, 1).map((request) => ({ ...request, at })));
    }
    const request = running.reduce((first, each) => (each.at < first.at ? each : first));
    clock = Math.max(clock, request.at);
    const step = request.steps[request.next];
    if (step === undefined) {
      running = running.filter((each) => each !== request);
      continue;
    }
    const session = request.session ?? pool.take();
    const ms = 0.05 + random.below(4000) / 1000 + log.length / 1e7;
    const end = Math.max(request.at, pool.freeAt(session)) + ms;
    request.session = step === 'begin' || (request.session !== null && step !== 'end') ? session : null;
    pool.use(session, end, request.session !== null);
    const [sql, site] =
      typeof step === 'string' ? [step === 'begin' ? 'BEGIN' : 'COMMIT', null] : [step.statement.sql, step.site];
    const parameters = typeof step === 'string' ? [] : parametersOf(random, step.statement);
    log.push({ sql, parameters, session, at: Math.floor(end), end, ms, site });
    request.next += 1;
    request.at = end + random.below(3000) / 1000;
  }
  return log.toSorted((a, b) => a.end - b.end);
}

/** Connections; an open transaction keeps its own. */
function createPool(random: SeededRandom, size: number) {
  const freeAt = new Map(Array.from({ length: size }, (_, index) => [String(100 + index), 0]));
  const kept = new Set<string>();
  return {
    take: () => random.pick([...freeAt.keys()].filter((session) => !kept.has(session))),
    freeAt: (session: string) => freeAt.get(session) ?? 0,
    use: (session: string, until: number, keep: boolean) => {
      freeAt.set(session, until);
      if (keep) kept.add(session);
      else kept.delete(session);
    },
  };
}

function requestOf(
  random: SeededRandom,
  waysOf: (site: QuerySite) => readonly SentWay[],
  { sites, transaction }: Steps,
): Request {
  const statements = sites.map((site) => statementsOf(random, waysOf(site), site));
  const steps = transaction ? inTransaction(statements.flat()) : statements.flatMap(withOwnTransaction);
  return { steps, at: 0, next: 0, session: null };
}

type Step = Request['steps'][number];

function inTransaction(statements: readonly Statement[]): readonly Step[] {
  return ['begin', ...statements, 'end'];
}

function withOwnTransaction(statements: readonly Statement[]): readonly Step[] {
  return statements.some(({ statement }) => statement.transaction) ? inTransaction(statements) : statements;
}

/** Relations are not asked for where no row came. */
function statementsOf(random: SeededRandom, ways: readonly SentWay[], site: QuerySite): readonly Statement[] {
  const { statements } = random.pick(ways);
  const rows = random.below(4) > 0;
  return statements
    .filter(({ child, conditional }) => (!child && !conditional) || rows)
    .map((statement) => ({ site, statement }));
}

function parametersOf(random: SeededRandom, { constants }: SentStatement): readonly (string | null)[] {
  return constants.map((constant) => {
    if (constant) return constant.value === null ? null : String(constant.value);
    return random.below(6) === 0 ? 'OPEN' : String(1 + random.below(30));
  });
}
