import { boundOf } from '#graph/loops/loopBound.ts';
import { isKeyCommand, isRedisClient, mayBeLoopedCommand } from '#graph/modules/redisCommands.ts';
import type { FunctionNode, ProjectGraph } from '#graph/projectGraph.ts';
import type { CallFact, FileFacts, LoopFact } from '#syntax/facts.ts';

/** A command sent and waited for in each turn of a loop. */
export interface LoopedCommand {
  readonly command: string;
  readonly loop: LoopFact;
  /** A method of the same class that takes many keys at once. */
  readonly sibling: string | null;
}

/** Null where the call is no command of Redis, or the loop is short or goes over no elements; and for a method of the project, which may do more than that, unless it has a sibling for many keys. */
export function loopedCommand(
  graph: ProjectGraph,
  facts: FileFacts,
  call: CallFact,
  ignoreUpTo: number,
): LoopedCommand | null {
  const loop = mayBeLoopedCommand(call) ? facts.loops[call.loops.at(-1) ?? -1] : undefined;
  if (!loop) return null;
  const bound = boundOf(graph, { file: facts.path, loop, over: loop.over }, facts.path);
  if (bound.kind !== 'unbounded' && (bound.kind !== 'few' || bound.size <= ignoreUpTo)) return null;
  const own = call.callee.path.at(-1) ?? '';
  if (isCommand(graph, facts, call)) return { command: own, loop, sibling: null };
  const [method] = graph.targets(facts.path, call.index);
  const sent = method ? commandIn(graph, method) : null;
  const sibling = method && sent !== null ? siblingOf(method, sent) : null;
  return sent !== null && sibling !== null ? { command: sent, loop, sibling } : null;
}

/** A chain of `multi` or `pipeline` sends nothing before its end. */
function isCommand(graph: ProjectGraph, { path }: FileFacts, call: CallFact): boolean {
  if (!isKeyCommand(call.callee.path.at(-1) ?? '')) return false;
  return graph
    .outside(path, call.index)
    .some((member) => isRedisClient(member.package) && !member.path.some((step) => /^(?:multi|pipeline)$/.test(step)));
}

/** The command a method of the project sends, once and for the key it is handed. */
function commandIn(graph: ProjectGraph, { facts, fact }: FunctionNode): string | null {
  const commands = facts.calls.filter((call) => call.function === fact.index && isCommand(graph, facts, call));
  return commands.find(({ loops }) => loops.length === 0)?.callee.path.at(-1) ?? null;
}

const SIBLINGS: readonly (readonly [command: RegExp, sibling: RegExp])[] = [
  [/get/i, /^(?:mget|getMany|multiGet|getMultiple)$/i],
  [/set/i, /^(?:mset|msetex|setMany|multiSet|setMultiple)$/i],
  [/del|unlink/i, /^(?:mdel|delMany|deleteMany|delMultiple)$/i],
];

function siblingOf({ facts, fact }: FunctionNode, command: string): string | null {
  const members = fact.class === null ? [] : (facts.classes[fact.class]?.members ?? []);
  const pattern = SIBLINGS.find(([of]) => of.test(command))?.[1];
  return members.find(({ name }) => pattern?.test(name))?.name ?? null;
}
