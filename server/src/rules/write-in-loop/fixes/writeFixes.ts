import type { DraftFix } from '#graph/edits/draft.ts';
import { type Turn, turnOf } from '#graph/edits/turn.ts';
import type { LoopCall } from '#graph/loops/loopCalls.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { type BulkForm, bulkForm } from '../bulkForm.ts';
import { changeRows } from './changeRows.ts';
import { createRows } from './createRows.ts';
import { oneTransaction } from './oneTransaction.ts';

/** The edits that put one statement in the place of a loop of writes, where the loop does nothing else; else it is only described. */
export function writeFixes(graph: ProjectGraph, call: LoopCall): readonly DraftFix[] {
  const turn = turnOf(graph, call);
  if (!turn) return [];
  const { alone, prelude, unsteady } = turn.fact;
  if (!(alone || prelude) || unsteady || turn.site.transaction === 'array') return [];
  const fix = FORMS[bulkForm(graph, turn.site)]?.(graph, turn) ?? null;
  return fix ? [fix] : [];
}

type Form = (graph: ProjectGraph, turn: Turn) => DraftFix | null;

const FORMS: Readonly<Partial<Record<BulkForm, Form>>> = {
  createMany: (_, turn) => createRows(turn),
  updateMany: changeRows,
  deleteMany: changeRows,
  none: (_, turn) => oneTransaction(turn),
};
