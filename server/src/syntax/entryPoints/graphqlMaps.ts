import type { ts } from 'ts-morph';
import {
  isAsExpression,
  isCallExpression,
  isExpression,
  isFunctionDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSatisfiesExpression,
  isTypeReferenceNode,
  isVariableDeclaration,
} from '../compiler.ts';
import { isFunctionLiteral } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { keyOf, memberOf } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';
import { definitionOf, type ModuleNames } from './moduleNames.ts';

const ROOTS: ReadonlyMap<string, string> = new Map([
  ['Query', 'QUERY'],
  ['Mutation', 'MUTATION'],
  ['Subscription', 'SUBSCRIPTION'],
]);

/** Schema-first resolver maps: `{ Query: { posts }, User: { posts: (user) => … } }`, or one type's map under its name. */
export function* resolverMapEntries({ names }: EntryContext): Generator<Draft> {
  for (const [name, definition] of names.definitions) {
    const object = isExpression(definition) ? objectIn(unwrap(definition)) : null;
    if (!object) continue;
    const typed = writtenType(definition);
    const single = typeOfMap(name, typed);
    if (isMapOfTypes(object, name, typed)) yield* typesOf(names, object);
    else if (single) yield* fieldsOf(names, single, object);
  }
}

function* typesOf(names: ModuleNames, map: ts.ObjectLiteralExpression): Generator<Draft> {
  for (const property of map.properties) {
    const type = keyOf(property.name);
    const value = isPropertyAssignment(property) ? definitionOf(names, property.initializer) : null;
    if (type !== null && /^[A-Z]/.test(type) && value && isObjectLiteralExpression(value))
      yield* fieldsOf(names, type, value);
  }
}

function* fieldsOf(names: ModuleNames, type: string, fields: ts.ObjectLiteralExpression): Generator<Draft> {
  for (const property of fields.properties) {
    const field = keyOf(property.name);
    const handler = field === null ? null : resolverIn(names, fields, field);
    if (field === null || !handler || !property.name) continue;
    const method = ROOTS.get(type) ?? null;
    yield {
      framework: 'graphql',
      kind: 'resolver',
      method,
      route: method === null ? `${type}.${field}` : field,
      handler,
      at: property.name,
    };
  }
}

/** A function, a name of one, a wrapped one, or an object with `resolve` or `subscribe`. */
function resolverIn(names: ModuleNames, fields: ts.ObjectLiteralExpression, field: string): ts.Node | null {
  const member = memberOf(fields, field);
  if (!member || !isExpression(member)) return member;
  const value = definitionOf(names, member);
  if (isObjectLiteralExpression(value)) return memberOf(value, 'resolve') ?? memberOf(value, 'subscribe');
  return isFunctionLiteral(value) ||
    isFunctionDeclaration(value) ||
    isCallExpression(value) ||
    isIdentifier(value) ||
    isPropertyAccessExpression(value)
    ? member
    : null;
}

function isMapOfTypes(object: ts.ObjectLiteralExpression, name: string, typed: string): boolean {
  const holdsRoot = [...ROOTS.keys()].some((root) => memberOf(object, root) !== null);
  return (
    holdsRoot || /^(?:I?Resolvers|I?ResolverMap)$/.test(typed) || /^resolvers$|ResolverMap$|TypeResolvers$/i.test(name)
  );
}

/** `const Query = {…}`, `const UserResolvers: UserResolvers = {…}`. */
function typeOfMap(name: string, typed: string): string | null {
  if (ROOTS.has(name)) return name;
  const typeName = /(?:^|\.)(\w+?)(?:Relation)?Resolvers$/.exec(typed)?.[1] ?? /^(\w+?)Resolvers?$/.exec(name)?.[1];
  if (!typeName || /Resolvers?$/.test(typeName)) return null;
  return typeName.charAt(0).toUpperCase() + typeName.slice(1);
}

function writtenType(definition: ts.Node): string {
  for (let at = definition; at; at = at.parent) {
    if (isVariableDeclaration(at)) return plainType(at.type);
    if (isSatisfiesExpression(at) || isAsExpression(at)) return plainType(at.type);
  }
  return '';
}

function plainType(type: ts.TypeNode | undefined): string {
  if (!type || !isTypeReferenceNode(type)) return type ? type.getText().replace(/\W.*$/s, '') : '';
  const argument = /^(?:Partial|Required|Pick|Omit)$/.test(type.typeName.getText())
    ? type.typeArguments?.[0]
    : undefined;
  return argument ? plainType(argument) : type.typeName.getText();
}

/** Redwood and hand-written maps may stand behind `Object.freeze` or a maker that takes the map. */
function objectIn(node: ts.Expression): ts.ObjectLiteralExpression | null {
  return isObjectLiteralExpression(node) ? node : null;
}
