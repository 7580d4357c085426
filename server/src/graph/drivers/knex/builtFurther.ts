import type { FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { ProjectGraph, QuerySite } from '../../projectGraph.ts';
import { continuationsIn, furtherSteps } from '../steps.ts';

/** Whether other steps may be added to a query elsewhere: by a variable it is kept in, a function it is handed to, or whoever it is returned to. */
export function isBuiltFurther(graph: ProjectGraph, site: QuerySite): boolean {
  const { facts, call } = site;
  if (furtherSteps(continuationsIn(facts), call.index).length > 0) return true;
  if (call.awaited) return false;
  return isKeptInVariable(facts, call.index) || isHandedOver(graph, facts, call.index) || isReturned(graph, site);
}

function isKeptInVariable({ variables, calls }: FileFacts, call: number): boolean {
  const isIt = (value: Value | null) => value?.kind === 'call' && value.call === call;
  return variables.some(
    ({ index, init, writes }) =>
      (isIt(init) || writes.some(({ value }) => isIt(value))) &&
      calls.some(
        ({ callee: { root, path } }) => root.kind === 'variable' && root.variable === index && path.length > 0,
      ),
  );
}

function isHandedOver(graph: ProjectGraph, { path, calls }: FileFacts, call: number): boolean {
  return calls.some(
    (other) => other.arguments.some((value) => isCall(value, call)) && graph.targets(path, other.index).length > 0,
  );
}

function isCall(value: Value, call: number): boolean {
  if (value.kind === 'call') return value.call === call;
  return (
    value.kind === 'reference' &&
    value.to.root.kind === 'call' &&
    value.to.root.call === call &&
    value.to.path.length === 0
  );
}

/** An `async` function gives rows, any other the builder itself. */
function isReturned(graph: ProjectGraph, { function: owner, call, facts }: QuerySite): boolean {
  if (owner.fact.async || !owner.fact.returns.some((value) => isCall(value, call.index))) return false;
  return graph.callsTo(owner.id).some(({ file, call: caller }) => {
    const there = file === facts.path ? facts : graph.files.get(file);
    return there !== undefined && furtherSteps(continuationsIn(there), caller.index).length > 0;
  });
}
