import type { Sender } from '../../attribute/siteIndex.ts';
import type { Held } from './execution.ts';
import { isOver, type Log } from './log.ts';
import type { Follower } from './recentRoots.ts';

/** Whether the call begins with what was executed. */
export function isFirst({ texts }: Sender): boolean {
  return texts.some(({ part }) => part === 'first');
}

/** Whether the call certainly sends something before it. */
export function isFurther(option: Sender): boolean {
  return option.texts.length > 0 && !isFirst(option);
}

/** Executions of the call's first statement that a further one may follow. */
export function parentsOf({ roots }: Log, execution: Held, option: Sender): readonly Held[] {
  const may = roots
    .of(option.site, execution.begin)
    .filter((root) => isOver(root, execution) && mayBeOneCall(root, execution, option));
  const follower = followerOf(option);
  const unused = may.filter((root) => !roots.isUsed(root, follower));
  return unused.length > 0 ? unused : may;
}

/** What follows a first statement does so soon; without one it is none of this call's. */
export function withParents(log: Log, execution: Held): readonly Sender[] {
  return execution.options.filter(
    (option) =>
      !isFurther(option) ||
      !log.index.isKnown(option.site) ||
      log.roots.isCut(option.site, execution.begin) ||
      parentsOf(log, execution, option).length > 0,
  );
}

/** A way to make a call may send the same statement for two relations. */
export function followerOf({ site, texts }: Sender): Follower {
  const ways = Map.groupBy(texts, ({ way }) => way);
  const times = Math.max(1, ...[...ways.values()].map(({ length }) => length));
  return { key: `${site.id} ${texts[0]?.text ?? ''}`, times };
}

/** All statements of a call run in one transaction or in none, unless the client puts BEGIN and COMMIT around some of them. */
function mayBeOneCall(root: Held, further: Held, { site, texts }: Sender): boolean {
  const first = root.options.find((each) => each.site === site)?.texts ?? [];
  if (!first.some(({ part, way }) => part === 'first' && texts.some((text) => text.way === way))) return false;
  const mixed = new Set([...texts, ...first].map(({ transaction }) => transaction)).size > 1;
  return mixed || root.group === further.group;
}
