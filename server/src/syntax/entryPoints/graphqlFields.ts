import type { ts } from 'ts-morph';
import {
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
} from '../compiler.ts';
import { receiverOf, rootName } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { calleeName, keyOf, literalText, memberOf } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';

const ROOT_METHODS: readonly (readonly [RegExp, string])[] = [
  [/^query/i, 'QUERY'],
  [/^mutation/i, 'MUTATION'],
  [/^subscription/i, 'SUBSCRIPTION'],
];

/** Resolvers of code-first builders (Pothos, Nexus): calls with a `resolve` among their options. */
export function* builderFieldEntries({ source, names }: EntryContext): Generator<Draft> {
  if (
    !names.specifiers.values().some((each) => /pothos|nexus|builder|schema|graphql|giraphql/i.test(each)) &&
    !names.definitions.has('builder')
  )
    return;
  for (const call of source.nodes.calls) {
    if (!isCallExpression(call)) continue;
    const options = call.arguments.find((each) => isObjectLiteralExpression(unwrap(each)));
    const resolve = options && memberOf(unwrap(options) as ts.ObjectLiteralExpression, 'resolve');
    if (resolve) yield fieldEntry(call, resolve);
  }
}

function fieldEntry(call: ts.CallExpression, resolve: ts.Node): Draft {
  const owner = ownerOf(call);
  const name = literalText(call.arguments[0]) ?? owner.field ?? '?';
  const method = ROOT_METHODS.find(([word]) => word.test(owner.type ?? ''))?.[1] ?? null;
  return {
    framework: 'graphql',
    kind: 'resolver',
    method,
    route: method === null ? `${owner.type ?? '?'}.${name}` : name,
    handler: resolve,
    at: isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression,
  };
}

interface Owner {
  readonly type: string | null;
  readonly field: string | null;
}

/** The builder call a field is written in says which type it belongs to; the nearest key is its name. */
function ownerOf(call: ts.CallExpression): Owner {
  let field: string | null = null;
  for (let at: ts.Node = call; at.parent; at = at.parent) {
    if (isPropertyAssignment(at)) field ??= keyOf(at.name) === 'fields' ? null : keyOf(at.name);
    if (!isCallExpression(at)) continue;
    const type = builtType(at, at === call);
    if (type !== null) return { type, field: field ?? literalText(at.arguments[0]) };
  }
  return { type: null, field };
}

function builtType(call: ts.CallExpression, itself: boolean): string | null {
  const name = calleeName(call);
  const rooted = /^(query|mutation|subscription)(?:Fields?|Type)$/.exec(name)?.[1];
  if (rooted) return rooted;
  if (itself) return null;
  const receiver = receiverOf(call);
  if (name === 'implement' && receiver) return (rootName(receiver) ?? '?').replace(/(?:Ref|Type|Object)$/, '');
  if (
    !/^(?:objectType|objectField|objectFields|prismaObject|prismaNode|prismaObjectField|prismaObjectFields|node|extendType|interfaceType|objectRef|drizzleObject)$/.test(
      name,
    )
  )
    return null;
  return typeOf(call.arguments[0]);
}

function typeOf(node: ts.Expression | undefined): string | null {
  if (!node) return null;
  const inner = unwrap(node);
  if (isObjectLiteralExpression(inner))
    return literalText(memberOf(inner, 'name') ?? memberOf(inner, 'type') ?? undefined);
  return literalText(inner) ?? (isIdentifier(inner) ? inner.text : null);
}
