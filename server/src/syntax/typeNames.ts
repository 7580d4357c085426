import { ts } from 'ts-morph';

/** The written name of a type, dotted and without arguments; null for structural types and keywords. `X | null` is `X`. */
export function typeNameOf(type: ts.TypeNode | undefined): string | null {
  if (type === undefined) return null;
  if (ts.isTypeReferenceNode(type)) return entityText(type.typeName);
  if (ts.isParenthesizedTypeNode(type)) return typeNameOf(type.type);
  if (ts.isImportTypeNode(type)) return type.qualifier === undefined ? null : entityText(type.qualifier);
  if (!ts.isUnionTypeNode(type)) return null;
  const [only, ...others] = type.types.filter((member) => !isNothing(member));
  return others.length === 0 ? typeNameOf(only) : null;
}

function entityText(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${entityText(name.left)}.${name.right.text}`;
}

function isNothing(type: ts.TypeNode): boolean {
  if (ts.isLiteralTypeNode(type)) return type.literal.kind === ts.SyntaxKind.NullKeyword;
  return type.kind === ts.SyntaxKind.UndefinedKeyword;
}
