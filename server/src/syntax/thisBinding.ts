import type { ts } from 'ts-morph';
import {
  isArrowFunction,
  isClassElement,
  isClassLike,
  isClassStaticBlockDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isVariableDeclaration,
  SyntaxKind,
} from './compiler.ts';
import { hasModifier, isFunctionNode, wrapped } from './nodeKinds.ts';

/** What `this` is at a place: an instance or the class itself, or the object literal whose method it is. */
export type ThisOwner =
  | { readonly kind: 'class'; readonly node: ts.ClassLikeDeclaration; readonly static: boolean }
  | { readonly kind: 'object'; readonly variable: ts.Identifier | null };

/** Null where a caller decides: in plain functions and at module level. */
export function classAround(place: ts.Node): ThisOwner | null {
  for (let at = place.parent; at !== undefined; at = at.parent) {
    if (isClassElement(at) && isClassLike(at.parent)) return classOwner(at, at.parent);
    if (!isFunctionNode(at) || isArrowFunction(at)) continue;
    const object = objectAround(at);
    return object === null ? null : { kind: 'object', variable: variableHolding(object) };
  }
  return null;
}

function classOwner(member: ts.ClassElement, node: ts.ClassLikeDeclaration): ThisOwner {
  const isStatic = isClassStaticBlockDeclaration(member) || hasModifier(member, SyntaxKind.StaticKeyword);
  return { kind: 'class', node, static: isStatic };
}

function objectAround(method: ts.Node): ts.ObjectLiteralExpression | null {
  if (isObjectLiteralExpression(method.parent)) return method.parent;
  const property = method.parent;
  return isPropertyAssignment(property) && property.initializer === method ? property.parent : null;
}

function variableHolding(object: ts.ObjectLiteralExpression): ts.Identifier | null {
  const holder = wrapped(object).parent;
  return isVariableDeclaration(holder) && isIdentifier(holder.name) ? holder.name : null;
}
