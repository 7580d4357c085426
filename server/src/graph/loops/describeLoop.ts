import type { Location } from '#shared/location.ts';
import { describeCallee, describeEntry, describeSite, describeValue, inWords } from '../describe.ts';
import { calleePlace, chainPlaces, queryPlace } from '../places.ts';
import type { ProjectGraph } from '../projectGraph.ts';
import type { LoopCall } from './loopCalls.ts';

/** The queries behind a call in a loop, as words: at most three by name. */
export function queryList({ sites }: LoopCall): string {
  const names = [...new Set(sites.map((site) => `\`${describeSite(site)}\``))];
  return inWords(names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names);
}

/** How often, as words: `once per element of …`, or per turn where it goes over nothing that has a name. */
export function howOften(graph: ProjectGraph, call: LoopCall): string {
  const list = listName(graph, call);
  return list === null ? 'in every turn of the loop' : `once per element of \`${list}\``;
}

/** What the loop goes over in the words of the file the finding is in, or the field resolver that stands for a loop. */
export function listName(graph: ProjectGraph, { first: { by, at } }: LoopCall): string | null {
  if (by.kind === 'field-resolver') return describeEntry(graph, by.entry);
  if (by.kind !== 'loop') return null;
  if (by.over === by.loop.over && by.loop.overText !== null) return by.loop.overText;
  return describeValue(graph, at.file, by.over);
}

/** What the body of the loop calls: the callback handed over by name, or the callee as it reads. */
export function calledName(graph: ProjectGraph, { first: { at, steps } }: LoopCall): string {
  const [step] = steps;
  const named = step?.kind === 'callback' ? graph.function(step.to).fact.name : null;
  return named ?? describeCallee(graph.function(at.function).facts, at.call);
}

/** The call in the loop as a place to look at. */
export function loopCallPlace({ first: { at, site } }: LoopCall): Location {
  return site.driver && at.call === site.call ? queryPlace(site) : calleePlace(at.file, at.call);
}

/** The loop first, then each call on the way, then the queries. */
export function loopPlaces(graph: ProjectGraph, { first, sites }: LoopCall): { at: Location; message: string }[] {
  const queries = sites.map((site) => ({
    at: queryPlace(site),
    message: `\`${describeSite(site)}\` runs here`,
  }));
  return [...repeaterPlace(first.by), ...chainPlaces(graph, first.steps), ...queries];
}

function repeaterPlace(by: LoopCall['first']['by']): { at: Location; message: string }[] {
  if (by.kind === 'loop') return [{ at: { file: by.file, span: by.loop.header }, message: 'the loop' }];
  if (by.kind === 'recursion') return [];
  return [
    {
      at: { file: by.entry.file, span: by.entry.fact.span },
      message: 'the field resolver, run once per parent object',
    },
  ];
}
