import type { CostLoop } from '#graph/cost/cost.ts';
import { type CostFormula, costFormula, timesText } from '#graph/cost/costFormula.ts';
import { type CostSum, type CostTerm, costTerms } from '#graph/cost/costTerms.ts';
import { requestCost } from '#graph/cost/requestCost.ts';
import { describeEntry, describeSite, describeValue } from '#graph/describe.ts';
import { calleePlace } from '#graph/places.ts';
import type { CallEdge, EntryPoint, ProjectGraph } from '#graph/projectGraph.ts';
import type { ReportedLetter, ReportedRoute, ReportedTerm } from '#shared/report.ts';
import type { RouteFigures } from '#shared/routeFigures.ts';
import { clearRouteChange } from './clearChange.ts';
import { guardsOf } from './guards.ts';
import { measuredRoutes } from './measuredRoutes.ts';
import { placeOf, sitePlace } from './reportedQueries.ts';
import type { ReportInputs } from './reportInputs.ts';

/** Entry points that ask the database, by place; what middleware asks is told with the routes behind it. */
export function reportedRoutes({
  snapshot: { graph },
  routes,
  periods,
  limits,
}: ReportInputs): readonly ReportedRoute[] {
  const { isGuard } = guardsOf(graph);
  const costs = graph.entryPoints
    .filter((entry) => graph.role(entry.file) === 'app' && !isGuard(entry))
    .map((entry) => ({ entry, sum: costTerms(requestCost(graph, entry), () => 1) }))
    .filter(({ sum }) => sum.terms.length > 0);
  const measured = measuredRoutes(graph, routes);
  return costs
    .map(({ entry, sum }) => {
      const figures = measured.get(entry);
      const change = clearRouteChange(periods?.routes.get(figures?.route ?? '') ?? [], limits);
      return { ...reportedRoute(graph, entry, sum, figuresOf(figures)), ...(change && { change }) };
    })
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
}

function figuresOf(figures: RouteFigures | undefined): ReportedRoute['measured'] {
  if (!figures) return null;
  const { answers, queries, sites } = figures;
  return { answers, queries, sites };
}

function reportedRoute(
  graph: ProjectGraph,
  entry: EntryPoint,
  sum: CostSum,
  measured: ReportedRoute['measured'],
): ReportedRoute {
  const formula = costFormula(sum);
  return {
    ...{ name: describeEntry(graph, entry), ...placeOf(graph, { file: entry.file, span: entry.fact.span }) },
    formula: formula.text,
    letters: formula.letters.map(({ letter, loop }) => reportedLetter(graph, letter, loop)),
    terms: sum.terms.map((term) => reportedTerm(graph, term, formula)),
    measured,
  };
}

function reportedLetter(graph: ProjectGraph, letter: string, loop: CostLoop): ReportedLetter {
  const named = loop.loop.overText ?? describeValue(graph, loop.file, loop.over);
  const of = loop.rows ? `rows of ${describeSite(loop.rows)}` : named;
  return { letter, of, most: loop.most, ...placeOf(graph, { file: loop.file, span: loop.loop.header }) };
}

function reportedTerm(graph: ProjectGraph, term: CostTerm, formula: CostFormula): ReportedTerm {
  const { site, conditional, cached } = term;
  return {
    ...{ query: site.id, name: describeSite(site), times: timesText(term, formula), conditional, cached },
    ...sitePlace(graph, site),
    via: term.via.filter(({ kind }) => kind !== 'callback').map((edge) => step(graph, edge)),
  };
}

function step(graph: ProjectGraph, { from, to, call }: CallEdge): ReportedTerm['via'][number] {
  const { fact } = graph.function(to);
  const place = placeOf(graph, calleePlace(graph.function(from).file, call));
  return { name: fact.symbol || fact.name || 'a function', ...place };
}
