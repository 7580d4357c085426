import type { ts } from 'ts-morph';
import {
  isIdentifier,
  isImportTypeNode,
  isLiteralTypeNode,
  isParenthesizedTypeNode,
  isTypeReferenceNode,
  isUnionTypeNode,
  SyntaxKind,
} from './compiler.ts';

/** The written name of a type, dotted and without arguments; null for structural types and keywords. `X | null` is `X`. */
export function typeNameOf(type: ts.TypeNode | undefined): string | null {
  if (type === undefined) return null;
  if (isTypeReferenceNode(type)) return entityText(type.typeName);
  if (isParenthesizedTypeNode(type)) return typeNameOf(type.type);
  if (isImportTypeNode(type)) return type.qualifier === undefined ? null : entityText(type.qualifier);
  if (!isUnionTypeNode(type)) return null;
  const [only, ...others] = type.types.filter((member) => !isNothing(member));
  return others.length === 0 ? typeNameOf(only) : null;
}

function entityText(name: ts.EntityName): string {
  return isIdentifier(name) ? name.text : `${entityText(name.left)}.${name.right.text}`;
}

function isNothing(type: ts.TypeNode): boolean {
  if (isLiteralTypeNode(type)) return type.literal.kind === SyntaxKind.NullKeyword;
  return type.kind === SyntaxKind.UndefinedKeyword;
}
