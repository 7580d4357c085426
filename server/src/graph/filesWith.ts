import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { ProjectGraph } from './projectGraph.ts';

/** The files that have such a call: `is` goes by the call alone, so that each file is looked through once for as long as its text stays. */
export function filesWith(graph: ProjectGraph, is: (call: CallFact) => boolean): readonly FileFacts[] {
  const answers = known.get(is) ?? new WeakMap<FileFacts, boolean>();
  known.set(is, answers);
  const has = (facts: FileFacts): boolean => {
    const before = answers.get(facts);
    if (before !== undefined) return before;
    const answer = facts.calls.some(is);
    answers.set(facts, answer);
    return answer;
  };
  return [...graph.files.values()].filter(has);
}

const known = new WeakMap<(call: CallFact) => boolean, WeakMap<FileFacts, boolean>>();
