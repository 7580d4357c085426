import { isUncertain, type LoopCall } from '#graph/loops/loopCalls.ts';
import type { FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import type { Proof, Severity } from '#shared/finding.ts';

/** Turns from which a loop of known length is worth a warning. */
const MANY = 50;

/** How sure and how loud a repeated read is; null when it is not worth a word. */
export function weigh(
  graph: ProjectGraph,
  call: LoopCall,
  ignoreUpTo: number,
): { proof: Proof; severity?: Severity } | null {
  const { bound, by } = call.first;
  if (bound.kind === 'few') {
    if (bound.size <= ignoreUpTo) return null;
    if (bound.size < MANY) return { proof: 'schema', severity: 'info' };
  }
  if (bound.kind === 'unknown') return { proof: 'pattern' };
  if (bound.kind === 'search' || by.kind === 'recursion') return { proof: 'schema', severity: 'info' };
  if (by.kind === 'field-resolver' && !asksParent(by.entry.handler)) return { proof: 'schema', severity: 'info' };
  if (call.sites.every((site) => site.operation.endsWith('Unsafe'))) return { proof: 'schema', severity: 'info' };
  if (isRemembered(graph, call) || isUncertain(call)) return { proof: 'schema', severity: 'info' };
  return { proof: 'schema' };
}

/** A resolver that never looks at its parent belongs to an object of which an answer has one: `Viewer`, `Admin`. */
function asksParent({ fact: { parameters } }: FunctionNode): boolean {
  const named = parameters.find(({ decorators }) => decorators.some(({ name }) => /^(Parent|Root)$/.test(name)));
  const decorated = parameters.some(({ decorators }) => decorators.length > 0);
  const parent = named ?? (decorated ? null : parameters[0]);
  return (parent?.usage.length ?? 0) > 0;
}

/** `if (!seen.has(id)) seen.set(id, await find(id))`, or a callee that keeps its answers: at most once per distinct key. */
function isRemembered(graph: ProjectGraph, { first }: LoopCall): boolean {
  const guards = first.at.call.branches.flatMap((branch) => branch.mentions);
  if (guards.some((name) => /(^|[.])(has|get)$|[cC]ache|seen|memo/.test(name))) return true;
  return first.steps.some((edge) => graph.evidenceIn(edge.to).some((evidence) => evidence.kind === 'cache'));
}
