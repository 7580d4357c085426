import { calleeText, objectCall } from '#graph/edits/callText.ts';
import { carried, type DraftFix } from '#graph/edits/draft.ts';
import { columnOf, isOnOneLine, stepOf } from '#graph/edits/source.ts';
import type { Turn } from '#graph/edits/turn.ts';
import { objectAt } from '#graph/edits/turnKey.ts';
import { mapping, replacedLoop } from './replacedLoop.ts';

/** `create` per element: one `createMany` of all rows. */
export function createRows(turn: Turn): DraftFix | null {
  const { site, fact } = turn;
  const { facts, file, model, args } = site;
  const data = objectAt(args, 'data');
  const rows = mapping(turn);
  if (!data || !rows || !fact.statement || args?.kind !== 'object' || !takesMany(site.schema)) return null;
  if (args.properties.some((each) => each.kind !== 'property' || !/^(data|select|include)$/.test(each.key)))
    return null;
  const nested = (key: string) => model?.fields.get(key)?.kind === 'relation';
  if (data.properties.some((each) => each.kind === 'property' && nested(each.key))) return null;
  const column = columnOf(facts, fact.statement.start);
  const shift = isOnOneLine(facts, data.span) ? 0 : column + stepOf(facts) - columnOf(facts, data.span.end - 1);
  const entry = ['data: ', ...rows, '(', carried(file, data.span, shift), '))'];
  return replacedLoop(
    turn,
    {
      title: `Write all rows with one \`createMany\``,
      confirm: 'One statement writes all rows or none: where one of them failed, those before it used to stay.',
    },
    objectCall(facts, calleeText(turn, 'createMany'), [entry], column),
  );
}

/** SQLite has it since Prisma 5.14, and of a project only the major version is known. */
function takesMany({ provider, prismaMajor }: Turn['site']['schema']): boolean {
  return provider !== 'sqlite' || prismaMajor === null || prismaMajor > 5;
}
