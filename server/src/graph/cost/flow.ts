import type { BranchFact } from '#syntax/facts.ts';
import { all, type Cost, type CostLoop, FREE, isFree, most } from './cost.ts';

/** What costs something in a function, with what stands around it there, outermost first. */
export interface Step {
  readonly cost: Cost;
  readonly around: readonly Frame[];
}

/** Something around a call that decides how often it runs. */
export type Frame =
  | { readonly kind: 'loop'; readonly start: number; readonly loop: CostLoop }
  | { readonly kind: 'branch'; readonly start: number; readonly branch: BranchFact };

/** The dearest way through the steps of a function, which are in the order of the text. */
export function dearestWay(steps: readonly Step[]): Cost {
  const { through, left } = flowOf(steps);
  return most([left, through]);
}

/** Of a stretch of code: what it costs to come to its end, and the dearest way of leaving the function on the way. */
interface Flow {
  readonly through: Cost;
  readonly left: Cost;
}

const NOTHING: Flow = { through: FREE, left: FREE };

function flowOf(steps: readonly Step[]): Flow {
  return partsOf(steps).reduceRight<Flow>((rest, part) => {
    const { through, left } = flowOfPart(part);
    return {
      through: all([through, rest.through]),
      left: most([left, isFree(rest.left) ? FREE : all([through, rest.left])]),
    };
  }, NOTHING);
}

/** Steps with the same loop or decision around them; one that stands free is a part of its own. */
function partsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups = Map.groupBy(steps, (step) => {
    const [frame] = step.around;
    return frame ? `${frame.kind} ${frame.start}` : step;
  });
  return [...groups.values()];
}

function flowOfPart(steps: readonly Step[]): Flow {
  const [frame] = steps[0]?.around ?? [];
  if (!frame) return { through: all(steps.map(({ cost }) => cost)), left: FREE };
  if (frame.kind === 'loop')
    return { through: { kind: 'times', loop: frame.loop, of: dearestWay(inside(steps)) }, left: FREE };
  return flowOfDecision(steps);
}

function flowOfDecision(steps: readonly Step[]): Flow {
  const parts = Map.groupBy(steps, ({ around: [frame] }) => (frame?.kind === 'branch' ? frame.branch.part : 0));
  const through: Cost[] = [];
  const left: Cost[] = [];
  for (const part of parts.values()) {
    const flow = flowOf(inside(part));
    left.push(flow.left, leaves(part) ? flow.through : FREE);
    if (!leaves(part)) through.push(flow.through);
  }
  return { through: maybe(most(through)), left: maybe(most(left)) };
}

function leaves([step]: readonly Step[]): boolean {
  const [frame] = step?.around ?? [];
  return frame?.kind === 'branch' && frame.branch.leaves;
}

function maybe(cost: Cost): Cost {
  return isFree(cost) || cost.kind === 'maybe' ? cost : { kind: 'maybe', of: cost };
}

function inside(steps: readonly Step[]): readonly Step[] {
  return steps.map(({ cost, around }) => ({ cost, around: around.slice(1) }));
}
