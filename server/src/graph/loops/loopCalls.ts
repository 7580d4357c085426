import { isBatched } from '../batching.ts';
import { type Group, groupsOf, perGroup } from '../groups.ts';
import { isExecute } from '../operations.ts';
import type { ProjectGraph, QuerySite } from '../projectGraph.ts';
import { type Repetition, repetitionsOf } from './repetition.ts';

/** A call in the body of a loop with every query it makes run again and again: one place, one fix. */
export interface LoopCall {
  /** The repetition that says it best: the shortest chain. */
  readonly first: Repetition;
  /** Queries repeated through this call, in order of position, without those Prisma batches. */
  readonly sites: readonly QuerySite[];
  readonly access: 'read' | 'write';
}

const known = new WeakMap<ProjectGraph, readonly LoopCall[]>();

/** Groups repetitions by the call in the loop; a call that both reads and writes counts as reading. */
export function loopCalls(graph: ProjectGraph): readonly LoopCall[] {
  const done = known.get(graph);
  if (done) return done;
  const repetitions = graph.sites.flatMap((site) => unbatched(graph, site));
  const calls = groupsOf(repetitions, ({ at }) => `${at.file}#${at.call.index}`).map(loopCall);
  known.set(graph, calls);
  return calls;
}

function unbatched(graph: ProjectGraph, site: QuerySite): readonly Repetition[] {
  return graph.remember(site, 'repetitions that are not batched', () =>
    repetitionsOf(graph, site).filter((repetition) => !isBatched(graph, repetition)),
  );
}

/** One object as long as the group is the same, because answers are remembered about it. */
const loopCall = perGroup((group: Group<Repetition>): LoopCall => {
  const sites = [...new Set(group.map((repetition) => repetition.site))];
  const reads = sites.some(isRead);
  const wanted = group.filter(({ site }) => isRead(site) === reads || !reads);
  const first = wanted.reduce((best, each) => (each.steps.length < best.steps.length ? each : best));
  return { first, sites, access: reads ? 'read' : 'write' };
});

/** A raw statement that changes something may be told from one that asks. */
function isRead({ access, operation }: QuerySite): boolean {
  return access !== 'write' && !isExecute(operation);
}

/** Calls on the way from which a condition on it makes the repetition doubtful. */
const LONG_WAY = 3;

/** A long way with conditions on it: not every element need come to the query. */
export function isUncertain({ first: { steps, site } }: LoopCall): boolean {
  if (steps.length < LONG_WAY) return false;
  return [...steps.map((edge) => edge.call), site.call].some((call) =>
    call.branches.some(({ kind }) => kind !== 'finally'),
  );
}
