import { describeCallee } from '#graph/describe.ts';
import type { EntryPoint, FunctionNode, ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { argument } from '#graph/queryArgs.ts';
import { demandsIdentity, isPersonal, wordsOf } from '#syntax/evidence/evidenceNames.ts';
import type { EvidenceFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { functionsAround } from './around.ts';
import { guardedByLayout, guardedByModule } from './guards.ts';
import type { Reached } from './reads.ts';

/** What a request passes before the handler: names of wrappers and middleware, and middleware written in place. */
interface Before {
  readonly wrappers: readonly string[];
  readonly functions: readonly FunctionNode[];
}

/** Whether the answer may differ from person to person, by any sign on the way from the request to the queries. */
export function isPersonalAnswer(
  graph: ProjectGraph,
  entry: EntryPoint,
  { wrappers, functions }: Before,
  reached: Reached,
): boolean {
  if (reached.queries.some(({ site }) => readsForOne(graph, site))) return true;
  if (isGatedStatistic(graph, entry, wrappers, reached)) return false;
  if (reached.functions.some((node) => hasUserSign(graph, node))) return true;
  if (guardedByLayout(graph, entry)) return true;
  const opened = wrappers.some(opensToAll);
  if (opened && entry.fact.framework === 'nest') return false;
  if (wrappers.some(namesGuard)) return true;
  if (opened) return false;
  return functions.some((node) => turnsAway(graph, node)) || isGuarded(graph, entry);
}

function hasUserSign(graph: ProjectGraph, node: FunctionNode): boolean {
  return graph.evidenceIn(node.id).some((each) => each.kind === 'user');
}

function isGuarded(graph: ProjectGraph, entry: EntryPoint): boolean {
  if (guardedByModule(graph, entry)) return true;
  return functionsAround(graph, entry).some(
    (node) => turnsAway(graph, node) || directCallees(graph, node).some((callee) => turnsAway(graph, callee)),
  );
}

/** It looks at who asks and lets not everyone through; what only notes who asks shows in the handler that uses it. */
function turnsAway(graph: ProjectGraph, { id, facts, fact }: FunctionNode): boolean {
  const signs = graph.evidenceIn(id).filter(({ kind }) => kind === 'user');
  if (signs.length === 0) return false;
  if (signs.some(({ sign }) => DEMANDS.test(sign))) return true;
  return facts.calls.some(
    (call) =>
      call.function === fact.index &&
      (TURNED_AWAY.test(describeCallee(facts, call)) || call.arguments.some((given) => saysTurnedAway(given, 0))),
  );
}

const DEMANDS = /require|ensure|assert|verif|validat|authenti|authori[sz]e|protect|check|guard/i;
const TURNED_AWAY = /unauthor|unauthen|forbid|denied|not allowed|(?:sign|logg?)(?:ed)?[-_ ]?in\b|redirect/i;

function saysTurnedAway(value: Value, depth: number): boolean {
  if (value.kind === 'literal')
    return value.value === 401 || value.value === 403 || TURNED_AWAY.test(String(value.value));
  return (
    value.kind === 'object' &&
    depth < 3 &&
    value.properties.some((property) => saysTurnedAway(property.value, depth + 1))
  );
}

/** Not those a wrapper is handed: they are other handlers. */
function directCallees(graph: ProjectGraph, node: FunctionNode): readonly FunctionNode[] {
  return graph
    .callees(node.id)
    .filter(({ call }) => call.callee.root.kind !== 'parameter')
    .map(({ to }) => graph.function(to));
}

/** `requireUser`, `adminProcedure`, `orgMiddleware`. */
function namesGuard(name: string): boolean {
  return name.split('.').some((part) => {
    if (demandsIdentity(part)) return true;
    const words = wordsOf(part);
    return (
      words.some((word) => GUARDING_WORDS.has(word)) && (isPersonal(part) || words.some((word) => ROLE_WORDS.has(word)))
    );
  });
}

const GUARDING_WORDS = wordSet(`procedure proc middleware mw guard action client with handler only
  apply use inject attach set load parse add enrich`);
const ROLE_WORDS = wordSet('admin private staff moderator verified internal project permission mod super');

/** `@Public()` on a route of a guarded controller, `publicProcedure`, `PublicEndpoint(handler)`. */
function opensToAll(name: string): boolean {
  return /^(?:Is)?Public|Anonymous|^(?:Skip|No)Auth|Unauthenticated|^Unprotected/i.test(name);
}

/** Rows picked by whose they are, or kept per person by their nature. */
function readsForOne(graph: ProjectGraph, site: QuerySite): boolean {
  if (site.model && wordsOf(site.model.name).some((word) => OWN_MODELS.has(word))) return true;
  const where = argument(graph, site, 'where');
  return where !== null && picksPerson(graph, where.file, where.value, false, 0);
}

const OWN_MODELS = wordSet(
  'session sessions token tokens apikey cart basket notification otp password credential invite invitation ban membership',
);

/** A personal column compared with something that is not written down: `{ userId }`, `{ author: { user: { id } } }`. */
function picksPerson(graph: ProjectGraph, file: string, value: Value, personal: boolean, depth: number): boolean {
  const { file: home, value: known } = depth > 8 ? { file, value } : graph.resolve(file, value);
  switch (known.kind) {
    case 'object':
      return known.properties.some((property) => {
        if (property.kind !== 'property') return picksPerson(graph, home, property.value, personal, depth + 1);
        if (LOOSE_KEYS.has(property.key)) return false;
        return picksPerson(graph, home, property.value, personal || isPersonal(property.key), depth + 1);
      });
    case 'array':
      return known.items.some((item) => picksPerson(graph, home, item, personal, depth + 1));
    case 'choice':
      return known.options.some((option) => picksPerson(graph, home, option, personal, depth + 1));
    case 'spread':
      return picksPerson(graph, home, known.value, personal, depth + 1);
    case 'literal':
    case 'undefined':
      return false;
    default:
      return personal;
  }
}

/** Comparisons with many values, or with what it must not be, do not say whose the row is. */
const LOOSE_KEYS = new Set(['in', 'notIn', 'not', 'NOT', 'none', 'gte', 'gt', 'lte', 'lt']);

const TOTALS = new Set(['count', 'groupBy', 'aggregate']);

/** Totals over everything, where the handler only asks whether somebody is there: everyone let in gets the same answer. */
function isGatedStatistic(
  graph: ProjectGraph,
  entry: EntryPoint,
  wrappers: readonly string[],
  { queries }: Reached,
): boolean {
  const signs = graph.evidenceIn(entry.handler.id).filter((each) => each.kind === 'user');
  if (signs.length === 0 || wrappers.some(namesGuard) || !signs.every((sign) => onlyTested(entry.handler, sign)))
    return false;
  const request = entry.handler.fact.parameters[0]?.usage ?? [];
  if (request.some(({ path }) => ['query', 'params', 'url', 'nextUrl'].includes(path[0] ?? ''))) return false;
  return queries.filter(({ site }) => TOTALS.has(site.operation)).length >= 2;
}

function onlyTested({ facts }: FunctionNode, sign: EvidenceFact): boolean {
  const call = facts.calls.find(
    ({ nameSpan, span }) =>
      nameSpan.end === sign.span.end || (span.start === sign.span.start && span.end === sign.span.end),
  );
  return call !== undefined && call.usage.length > 0 && call.usage.every(({ kind }) => kind === 'test');
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
