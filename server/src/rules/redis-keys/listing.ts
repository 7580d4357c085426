import { isRedisClient } from '#graph/modules/redisCommands.ts';
import type { PackageMember, ProjectGraph } from '#graph/projectGraph.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';

/** A call that makes Redis go through all its keys. */
export interface Listing {
  /** What is looked for, as far as it is written down. */
  readonly pattern: string | null;
  /** Whether it is Redis is up to how the cache is set up. */
  readonly perhaps: boolean;
}

/** Caches that pass `keys` on to a store, which may be Redis. */
const OVER_STORES = /^(?:cache-manager|@nestjs\/cache-manager|cache-manager-.+)$/;

/** Null where the call does something else, or what it is made on is not known to be Redis. */
export function listingOf(graph: ProjectGraph, facts: FileFacts, call: CallFact): Listing | null {
  const members = graph.outside(facts.path, call.index);
  const isKeys = /^keys$/i.test(call.callee.path.at(-1) ?? '');
  if (isKeys && call.arguments.length > 0) {
    if (members.some(isOfClient)) return { pattern: textOf(call.arguments[0]), perhaps: false };
    if (members.some(({ package: name }) => OVER_STORES.test(name)))
      return { pattern: textOf(call.arguments[0]), perhaps: true };
  }
  const command = isKeys ? null : commandOf(facts, call);
  return command && members.some(isOfClient) ? { pattern: command.pattern, perhaps: false } : null;
}

function isOfClient({ package: name }: PackageMember): boolean {
  return isRedisClient(name);
}

/** `sendCommand(['KEYS', '*'])`, `call('KEYS', '*')`, `sendCommand(new Command('keys', ['*']))`. */
function commandOf(
  facts: FileFacts,
  { callee, arguments: given }: CallFact,
): { readonly pattern: string | null } | null {
  if (!/^(?:sendCommand|call|callBuffer)$/.test(callee.path.at(-1) ?? '')) return null;
  const words = given.flatMap((value) => wordsOf(facts, value));
  return /^keys$/i.test(textOf(words[0]) ?? '') ? { pattern: textOf(words[1]) } : null;
}

function wordsOf({ calls }: FileFacts, value: Value): readonly Value[] {
  if (value.kind === 'array') return value.items;
  const made = value.kind === 'call' ? calls[value.call] : undefined;
  return made?.kind === 'new'
    ? made.arguments.flatMap((inner) => (inner.kind === 'array' ? inner.items : [inner]))
    : [value];
}

function textOf(value: Value | undefined): string | null {
  if (value?.kind === 'literal' && typeof value.value === 'string') return value.value;
  return value?.kind === 'template' ? value.texts.join('…') : null;
}
