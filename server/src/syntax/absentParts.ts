import type { ts } from 'ts-morph';
import type { AbsentFact } from './absentFact.ts';
import {
  isIdentifier,
  isInterfaceDeclaration,
  isIntersectionTypeNode,
  isLiteralTypeNode,
  isObjectBindingPattern,
  isParenthesizedTypeNode,
  isPropertySignature,
  isTypeAliasDeclaration,
  isTypeLiteralNode,
  isTypeReferenceNode,
  isUnionTypeNode,
  SyntaxKind,
} from './compiler.ts';
import { keyOf } from './nodeNames.ts';

/** Deeper parts are seldom read in one go. */
const MAX_DEPTH = 3;

/** What of a parameter may be undefined or null by its written type: types declared in the same file are looked into. */
export function absentParts(node: ts.ParameterDeclaration, file: ts.SourceFile): readonly AbsentFact[] {
  const optional = node.questionToken !== undefined;
  const found = node.type ? partsOf(node.type, optional, [], file) : own([], optional, false);
  const certain = new Set(node.initializer ? [''] : []);
  for (const path of defaulted(node.name, [])) certain.add(path.join('.'));
  return found
    .map((each) => (certain.has(each.path.join('.')) ? { ...each, undefined: false } : each))
    .filter((each) => each.undefined || each.null);
}

function partsOf(
  type: ts.TypeNode,
  optional: boolean,
  path: readonly string[],
  file: ts.SourceFile,
): readonly AbsentFact[] {
  const members = isUnionTypeNode(type) ? type.types : [type];
  const mayBe = (kind: ts.SyntaxKind) =>
    members.some((each) => each.kind === kind || (isLiteralTypeNode(each) && each.literal.kind === kind));
  const absent = own(path, optional || mayBe(SyntaxKind.UndefinedKeyword), mayBe(SyntaxKind.NullKeyword));
  const inner = path.length < MAX_DEPTH ? members.flatMap((each) => propertiesOf(each, path, file, 0)) : [];
  return [...absent, ...inner];
}

function own(path: readonly string[], isUndefined: boolean, isNull: boolean): readonly AbsentFact[] {
  return isUndefined || isNull ? [{ path, undefined: isUndefined, null: isNull }] : [];
}

function propertiesOf(
  type: ts.TypeNode,
  path: readonly string[],
  file: ts.SourceFile,
  hops: number,
): readonly AbsentFact[] {
  if (hops > MAX_DEPTH) return [];
  if (isParenthesizedTypeNode(type)) return propertiesOf(type.type, path, file, hops);
  if (isIntersectionTypeNode(type)) return type.types.flatMap((each) => propertiesOf(each, path, file, hops + 1));
  if (isTypeLiteralNode(type)) return signatures(type.members, path, file);
  if (!isTypeReferenceNode(type) || !isIdentifier(type.typeName)) return [];
  const [argument] = type.typeArguments ?? [];
  if (argument && LOOKED_THROUGH.has(type.typeName.text)) return propertiesOf(argument, path, file, hops + 1);
  const name = type.typeName.text;
  return file.statements.flatMap((statement) => {
    if (isInterfaceDeclaration(statement) && statement.name.text === name)
      return signatures(statement.members, path, file);
    if (!isTypeAliasDeclaration(statement) || statement.name.text !== name) return [];
    return propertiesOf(statement.type, path, file, hops + 1);
  });
}

/** Types with the same properties as their first argument. */
const LOOKED_THROUGH: ReadonlySet<string> = new Set(['Readonly', 'Promise', 'Awaited']);

function signatures(
  members: readonly ts.TypeElement[],
  path: readonly string[],
  file: ts.SourceFile,
): readonly AbsentFact[] {
  return members.flatMap((member) => {
    const key = isPropertySignature(member) ? keyOf(member.name) : null;
    if (!isPropertySignature(member) || !member.type || key === null) return [];
    return partsOf(member.type, member.questionToken !== undefined, [...path, key], file);
  });
}

/** Ways to the names of a pattern that have a default. */
function defaulted(name: ts.BindingName, path: readonly string[]): readonly (readonly string[])[] {
  if (!isObjectBindingPattern(name)) return [];
  return name.elements.flatMap((element) => {
    const key = keyOf((element.propertyName ?? element.name) as ts.PropertyName);
    if (key === null) return [];
    const inner = [...path, key];
    return [...(element.initializer ? [inner] : []), ...defaulted(element.name, inner)];
  });
}
