import type { ObjectValue } from '#graph/argumentEdits.ts';
import { calleeText, objectCall } from '#graph/edits/callText.ts';
import { carried, type DraftFix, type Piece } from '#graph/edits/draft.ts';
import { columnOf, isOnOneLine } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import { objectAt } from '#graph/edits/turnKey.ts';
import { mapped, replacedLoop } from './replacedLoop.ts';

/** `create` per element: one `createMany` of all rows. */
export function createRows(turn: Turn): DraftFix | null {
  const { site, fact } = turn;
  const data = objectAt(site.args, 'data');
  if (!data || !fact.statement || site.args?.kind !== 'object' || !takesMany(site.schema)) return null;
  if (site.args.properties.some((each) => each.kind !== 'property' || !/^(data|select|include)$/.test(each.key)))
    return null;
  const nested = (key: string) => site.model?.fields.get(key)?.kind === 'relation';
  if (data.properties.some((each) => each.kind === 'property' && nested(each.key))) return null;
  const column = columnOf(site.facts, fact.statement.start);
  const rows = mapped(turn, column + site.facts.layout.step, {
    expression: (at) => [' (', ...row(turn, data, at), ')'],
    value: (at) => row(turn, data, at),
  });
  const fix = {
    title: 'Write all rows with one `createMany`',
    confirm: 'One statement writes all rows or none: where one of them failed, those before it used to stay.',
  };
  return (
    rows &&
    replacedLoop(turn, fix, objectCall(site.facts, calleeText(turn, 'createMany'), [['data: ', ...rows]], column))
  );
}

function row({ site: { file, facts } }: Turn, data: ObjectValue, column: number): readonly Piece[] {
  const shift = isOnOneLine(facts, data.span) ? 0 : column - columnOf(facts, data.span.end - 1);
  return [carried(file, data.span, shift)];
}

/** SQLite has it since Prisma 5.14, and of a project only the major version is known. */
function takesMany({ provider, prismaMajor }: Turn['site']['schema']): boolean {
  return provider !== 'sqlite' || prismaMajor === null || prismaMajor > 5;
}
