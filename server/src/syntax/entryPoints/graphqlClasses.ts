import type { ts } from 'ts-morph';
import { isBlock, isIdentifier, isMethodDeclaration, isObjectLiteralExpression } from '../compiler.ts';
import { isFunctionLiteral } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { decoratorCall, decoratorsOf, dottedName, keyOf, literalText, memberOf } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';

const ROOTS: ReadonlyMap<string, string> = new Map([
  ['Query', 'QUERY'],
  ['Mutation', 'MUTATION'],
  ['Subscription', 'SUBSCRIPTION'],
]);
const FIELDS = new Set(['ResolveField', 'FieldResolver', 'ResolveProperty', 'ResolveReference']);

/** Resolver classes of Nest and type-graphql. */
export function* resolverClassEntries({ source }: EntryContext): Generator<Draft> {
  for (const node of source.nodes.classes) {
    const resolver = decoratorsOf(node)
      .map(decoratorCall)
      .find(({ name }) => name === 'Resolver');
    if (!resolver) continue;
    const parent = typeName(resolver.arguments[0]) ?? node.name?.text.replace(/(?:Fields?)?Resolvers?$/, '') ?? null;
    const around = decoratorsOf(node).flatMap(guards);
    for (const member of node.members)
      if (isMethodDeclaration(member) && member.body) yield* memberEntries(member, parent, around);
  }
}

function* memberEntries(
  member: ts.MethodDeclaration,
  parent: string | null,
  around: readonly string[],
): Generator<Draft> {
  const decorators = decoratorsOf(member);
  const wrappers = [...around, ...decorators.flatMap(guards)];
  for (const { name, arguments: given } of decorators.map(decoratorCall)) {
    const own = fieldName(given) ?? keyOf(member.name);
    const root = ROOTS.get(name);
    if (root)
      yield {
        framework: 'graphql',
        kind: 'resolver',
        method: root,
        route: own,
        handler: member,
        wrappers,
        at: member.name,
      };
    else if (FIELDS.has(name))
      yield {
        framework: 'graphql',
        kind: 'resolver',
        route: `${parent ?? '?'}.${own}`,
        handler: member,
        wrappers,
        at: member.name,
      };
  }
}

function guards(decorator: ts.Decorator): readonly string[] {
  const { name, arguments: given } = decoratorCall(decorator);
  if (ROOTS.has(name) || FIELDS.has(name) || name === 'Resolver') return [];
  return /^Use[A-Z]/.test(name)
    ? [name, ...given.map((each) => dottedName(each).replace(/\(\)$/, '')).filter((each) => each !== '')]
    : [name];
}

/** `@Query('posts')`, `@ResolveField(() => [Post], { name: 'posts' })`. */
function fieldName(given: readonly ts.Expression[]): string | null {
  for (const argument of given) {
    const inner = unwrap(argument);
    const text = isObjectLiteralExpression(inner)
      ? literalText(memberOf(inner, 'name') ?? undefined)
      : literalText(inner);
    if (text !== null) return text;
  }
  return null;
}

/** `() => User`, `User`, `'User'`. */
function typeName(node: ts.Expression | undefined): string | null {
  if (!node) return null;
  const inner = unwrap(node);
  if (isFunctionLiteral(inner)) return isBlock(inner.body) ? null : typeName(inner.body);
  return literalText(inner) ?? (isIdentifier(inner) ? inner.text : null);
}
