import type { CallEdge, QuerySite } from '../projectGraph.ts';
import type { Cost, CostLoop } from './cost.ts';
import { type CostSizes, evaluateCost } from './evaluateCost.ts';

/** One query of a request with what decides how often it runs. */
export interface CostTerm {
  readonly site: QuerySite;
  /** Statements one call sends. */
  readonly statements: number;
  /** Loops that repeat it, outermost first, without those Prisma joins. */
  readonly loops: readonly CostLoop[];
  /** Calls that lead from the entry point to it, outermost first. */
  readonly via: readonly CallEdge[];
  /** It runs only where some condition holds. */
  readonly conditional: boolean;
  /** It does not run where the answer is in a cache. */
  readonly cached: boolean;
}

/** What a request costs as a sum. */
export interface CostSum {
  readonly terms: readonly CostTerm[];
  /** Where counting ends: calls of which it cannot be told how often they come back. */
  readonly uncountable: readonly CallEdge[];
}

/** The terms of the dearest way, in the order in which they run; where branches exclude each other, those of the one that is dearer once lists are long. */
export function costTerms(cost: Cost, statements: CostSizes['statements']): CostSum {
  const sum: Sum = { terms: [], uncountable: [] };
  collect(cost, { statements, loops: [], via: [], conditional: false, cached: false }, sum);
  return sum;
}

interface Sum {
  readonly terms: CostTerm[];
  readonly uncountable: CallEdge[];
}

interface Place extends Omit<CostTerm, 'site' | 'statements'> {
  readonly statements: CostSizes['statements'];
}

function collect(cost: Cost, place: Place, into: Sum): void {
  switch (cost.kind) {
    case 'query': {
      const { statements, loops, ...rest } = place;
      const repeated = loops.slice(0, loops.length - cost.joined);
      into.terms.push({ ...rest, site: cost.site, statements: statements(cost.site), loops: repeated });
      return;
    }
    case 'all':
      for (const part of cost.of) collect(part, place, into);
      return;
    case 'most':
      collect(dearest(cost.of, place), { ...place, conditional: true }, into);
      return;
    case 'times':
      collect(cost.of, { ...place, loops: [...place.loops, cost.loop] }, into);
      return;
    case 'call':
      collect(cost.of, { ...place, via: [...place.via, cost.edge] }, into);
      return;
    case 'maybe':
      collect(cost.of, { ...place, conditional: true }, into);
      return;
    case 'cached':
      collect(cost.of, { ...place, cached: true }, into);
      return;
    case 'uncountable':
      into.uncountable.push(cost.edge);
  }
}

/** Longer than any page, so that a query per element outweighs many that run once. */
const LONG_LIST = 1000;

function dearest(parts: readonly Cost[], { statements }: Place): Cost {
  const sizes: CostSizes = { statements, turns: ({ most }) => most ?? LONG_LIST };
  const [first, ...others] = parts.map((part) => ({ part, cost: evaluateCost(part, sizes) }));
  if (!first) throw new Error('a choice without anything to choose from');
  return others.reduce((best, each) => (each.cost > best.cost ? each : best), first).part;
}
