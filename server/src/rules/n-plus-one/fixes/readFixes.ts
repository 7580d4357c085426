import type { DraftFix } from '#graph/edits/draft.ts';
import { isWrittenInLoop, type Turn, turnOf } from '#graph/edits/turn.ts';
import { innerOf, type TurnKey, turnKey } from '#graph/edits/turnKey.ts';
import type { LoopCall } from '#graph/loops/loopCalls.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { countLookup } from './countLookup.ts';
import { groupLookup } from './groupLookup.ts';
import { rowLookup } from './rowLookup.ts';
import { uniqueRead } from './uniqueRead.ts';

/** The edits that take a repeated read out of its loop, where its shape allows; else it is only described. */
export function readFixes(graph: ProjectGraph, call: LoopCall): readonly DraftFix[] {
  const batched = uniqueRead(graph, call);
  if (batched) return [batched];
  const fix = lookup(graph, call);
  return fix ? [fix] : [];
}

function lookup(graph: ProjectGraph, call: LoopCall): DraftFix | null {
  const turn = turnOf(graph, call);
  if (!turn || turn.fact.tried || !waitsForAll(turn)) return null;
  const key = turnKey(graph, turn);
  if (!key || !isReached(turn, key) || !dependsOnKeyAlone(turn) || isWrittenInLoop(graph, turn)) return null;
  return FORMS[turn.site.operation]?.(turn, key) ?? null;
}

const FORMS: Readonly<Record<string, (turn: Turn, key: TurnKey) => DraftFix | null>> = {
  findUnique: rowLookup,
  findUniqueOrThrow: rowLookup,
  findFirst: rowLookup,
  findFirstOrThrow: rowLookup,
  findMany: groupLookup,
  count: countLookup,
};

/** The loop's results are waited for where it stands, so what comes before it may be waited for too. */
function waitsForAll({ loop, fact }: Turn): boolean {
  return loop.kind === 'for-of' || fact.all !== null;
}

/** No condition decides whether a turn comes to the query, but that its key is there. */
function isReached({ site, loop }: Turn, key: TurnKey): boolean {
  return site.call.branches
    .filter(({ test }) => test.start >= loop.span.start)
    .every(({ kind, mentions }) => CHOOSING.has(kind) && mentions.length === 1 && mentions[0] === key.path);
}

const CHOOSING: ReadonlySet<string> = new Set(['if', 'conditional', 'logical']);

/** Nothing but the key differs from turn to turn. */
function dependsOnKeyAlone(turn: Turn): boolean {
  return innerOf(turn, turn.site.call.span).length === 1;
}
