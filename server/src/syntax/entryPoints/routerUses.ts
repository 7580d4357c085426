import type { ts } from 'ts-morph';
import { isCallExpression } from '../compiler.ts';
import { receiverOf } from '../expressions.ts';
import { calleeName, literalText } from '../nodeNames.ts';
import type { EntryContext } from './entry.ts';
import { middlewareNames } from './peelWrappers.ts';
import { pathText, routerKey } from './routerNames.ts';

interface RouterUse {
  readonly router: string;
  readonly path: string | null;
  readonly names: readonly string[];
  readonly end: number;
}

const PER_FILE = new WeakMap<ts.SourceFile, readonly RouterUse[]>();

/** Names of middleware set on the same router earlier in the file, or in the same chain, that the route passes through. */
export function usedBefore(
  context: EntryContext,
  call: ts.CallExpression,
  receiver: ts.Expression,
  route: string | null,
): readonly string[] {
  const router = routerKey(receiver);
  const limit = call.expression.end;
  return usesOf(context)
    .filter((use) => use.router === router && use.end <= limit && covers(use.path, route))
    .flatMap((use) => use.names);
}

function usesOf(context: EntryContext): readonly RouterUse[] {
  const known = PER_FILE.get(context.file) ?? readUses(context);
  PER_FILE.set(context.file, known);
  return known;
}

function readUses(context: EntryContext): readonly RouterUse[] {
  return context.source.nodes.calls.flatMap((call) => {
    const receiver = isCallExpression(call) ? receiverOf(call) : null;
    if (
      !receiver ||
      !isCallExpression(call) ||
      !/^(?:use|addHook|guard|derive|onBeforeHandle|all)$/.test(calleeName(call))
    )
      return [];
    const path = pathText(context.names, call.arguments[0]);
    const given = call.arguments.filter((argument) => literalText(argument) === null);
    const mounts = path !== null && given.length === 1 && /rout/i.test(given[0]?.getText() ?? '');
    return mounts ? [] : [{ router: routerKey(receiver), path, names: middlewareNames(given), end: call.end }];
  });
}

function covers(path: string | null, route: string | null): boolean {
  if (path === null || path === '/' || path === '*' || path === '/*') return true;
  return route === null || route.startsWith(path.replace(/\/?\*.*$/, ''));
}
