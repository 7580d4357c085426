import { calleeText, entriesOf, objectCall } from '#graph/edits/callText.ts';
import type { DraftFix } from '#graph/edits/draft.ts';
import { columnOf } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import { innerOf, objectAt, turnKey } from '#graph/edits/turnKey.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { replacedLoop } from './replacedLoop.ts';

/** `update` with the same data, or `delete`, per element: one statement over the list of keys. */
export function changeRows(graph: ProjectGraph, turn: Turn): DraftFix | null {
  const { site, fact } = turn;
  const { facts, args, operation, call } = site;
  const key = turnKey(graph, turn);
  if (!key || !fact.alone || !fact.statement || args?.kind !== 'object' || innerOf(turn, call.span).length !== 1)
    return null;
  if (args.properties.some((each) => each.kind !== 'property' || !/^(where|data)$/.test(each.key))) return null;
  const deletes = operation.startsWith('delete');
  if (!deletes && !setsColumns(turn)) return null;
  const column = columnOf(facts, fact.statement.start);
  const many = deletes ? 'deleteMany' : 'updateMany';
  return replacedLoop(
    turn,
    { title: `${deletes ? 'Delete' : 'Update'} all rows with one \`${many}\``, ...confirmation(operation, many) },
    objectCall(facts, calleeText(turn, many), entriesOf(site, [key.inFilter], column), column),
  );
}

/** The one-row form throws for a missing row. */
function confirmation(operation: string, many: string): Pick<DraftFix, 'confirm'> {
  if (operation.includes('Many')) return {};
  return { confirm: `\`${many}\` passes over rows that do not exist, where \`${operation}\` throws.` };
}

/** `updateMany` writes no relations, and adds to a row named twice only once. */
function setsColumns({ site: { args, model } }: Turn): boolean {
  const data = objectAt(args, 'data');
  return (
    data?.properties.every((each) => {
      const field = each.kind === 'property' ? model?.fields.get(each.key) : undefined;
      return field !== undefined && field.kind !== 'relation' && each.value.kind !== 'object';
    }) ?? false
  );
}
