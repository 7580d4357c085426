import type { DraftFix } from '#graph/edits/draft.ts';
import { objectAt } from '#graph/edits/turnKey.ts';
import type { LoopCall } from '#graph/loops/loopCalls.ts';

/** `findFirst` by a unique key, started for all elements at once: Prisma makes one query of them as soon as it is `findUnique`. */
export function uniqueRead({ first, sites }: LoopCall): DraftFix | null {
  const { site, sameTick } = first;
  const [found, ...rest] = /^findFirst(OrThrow)?$/.exec(site.operation) ?? [];
  if (!found || !sameTick || sites.length !== 1 || site.args?.kind !== 'object') return null;
  if (site.args.properties.some((each) => each.kind !== 'property' || !/^(where|select|include|omit)$/.test(each.key)))
    return null;
  const where = objectAt(site.args, 'where');
  const [key, ...more] = where?.properties ?? [];
  if (key?.kind !== 'property' || more.length > 0 || key.value.kind === 'object') return null;
  const field = site.model?.fields.get(key.key);
  if (field?.kind !== 'scalar' || !(field.unique || field.id)) return null;
  const operation = `findUnique${rest[0] ?? ''}`;
  return {
    title: `Ask with \`${operation}\`, which Prisma batches`,
    safety: 'review',
    edits: [{ file: site.file, span: site.call.nameSpan, newText: operation }],
  };
}
