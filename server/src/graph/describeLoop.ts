import type { Location } from '#shared/location.ts';
import { describeEntry, describeSite, describeValue } from './describe.ts';
import type { LoopCall } from './loopCalls.ts';
import { calleePlace, chainPlaces } from './places.ts';
import type { ProjectGraph } from './projectGraph.ts';

/** The queries behind a call in a loop, as words: at most three by name. */
export function queryList({ sites }: LoopCall): string {
  const names = [...new Set(sites.map((site) => `\`${describeSite(site)}\``))];
  if (names.length <= 3) return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

/** What the loop goes over, or the field resolver that stands for it, as words. */
export function listName(graph: ProjectGraph, { first: { by } }: LoopCall): string {
  if (by.kind === 'field-resolver') return `\`${describeEntry(by.entry)}\``;
  if (by.kind !== 'loop') return 'a list';
  const name = by.loop.overText ?? describeValue(graph, by.file, by.over);
  return name === null ? 'the loop' : `\`${name}\``;
}

/** The loop first, then each call on the way, then the queries. */
export function loopPlaces(graph: ProjectGraph, { first, sites }: LoopCall): { at: Location; message: string }[] {
  const queries = sites.map((site) => ({
    at: calleePlace(site.file, site.call),
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
