import type { ts } from 'ts-morph';
import type { Bindings } from './bindings.ts';
import {
  isBinaryExpression,
  isClassLike,
  isIdentifier,
  isNumericLiteral,
  isPrefixUnaryExpression,
  isStringLiteralLike,
  SyntaxKind,
} from './compiler.ts';
import type { Declaration } from './declarations.ts';
import type { Imports } from './importFacts.ts';
import { isCallNode, isFunctionNode, parametersOf, unwrap } from './nodeKinds.ts';
import type { Scopes } from './scopes.ts';
import type { SourceNodes } from './sourceNodes.ts';
import { classAround } from './thisBinding.ts';
import type { Trace } from './trace.ts';
import { followed, memberCall, traceAt, traceElement } from './trace.ts';
import type { Reference, Root } from './values.ts';

export interface ReferenceSources {
  readonly scopes: Scopes;
  readonly nodes: SourceNodes;
  readonly bindings: Bindings;
  readonly imports: Imports;
}

/** Reduces expressions to what they stand for; declarations are reduced once and remembered. */
export function startReferences(sources: ReferenceSources): (expression: ts.Expression) => Reference {
  const known = new Map<Declaration, Reference>();
  const resolver: Resolver = { ...sources, ofDeclaration, of: (expression) => referenceTo(expression, resolver) };

  function ofDeclaration(declaration: Declaration): Reference {
    const found = known.get(declaration);
    if (found !== undefined) return found;
    known.set(declaration, UNKNOWN);
    const reference = referenceToDeclaration(declaration, resolver);
    known.set(declaration, reference);
    return reference;
  }
  return resolver.of;
}

/** Appends steps to a reference. */
export function extended(reference: Reference, path: readonly string[]): Reference {
  return path.length === 0 ? reference : { root: reference.root, path: [...reference.path, ...path] };
}

/** The name a literal key gives, `[]` for places in a list, `?` for what only the running program knows. */
export function keyStep(key: ts.Expression): string {
  const inner = unwrap(key);
  if (isStringLiteralLike(inner)) return inner.text;
  return isPlace(inner) ? '[]' : '?';
}

interface Resolver extends ReferenceSources {
  of(expression: ts.Expression): Reference;
  ofDeclaration(declaration: Declaration): Reference;
}

const UNKNOWN: Reference = { root: { kind: 'unknown' }, path: [] };

function rooted(root: Root): Reference {
  return { root, path: [] };
}

function referenceTo(expression: ts.Expression, resolver: Resolver): Reference {
  const inner = unwrap(expression);
  if (isCallNode(inner)) return referenceToCall(inner, resolver);
  switch (inner.kind) {
    case SyntaxKind.Identifier:
      return referenceToName(inner as ts.Identifier, resolver);
    case SyntaxKind.PropertyAccessExpression: {
      const access = inner as ts.PropertyAccessExpression;
      return extended(resolver.of(access.expression), [access.name.text]);
    }
    case SyntaxKind.ElementAccessExpression:
      return referenceToElement(inner as ts.ElementAccessExpression, resolver);
    case SyntaxKind.ThisKeyword:
    case SyntaxKind.SuperKeyword:
      return referenceToThis(inner, resolver);
    case SyntaxKind.ConditionalExpression: {
      const { whenTrue, whenFalse } = inner as ts.ConditionalExpression;
      return firstKnown([whenTrue, whenFalse], resolver);
    }
    case SyntaxKind.BinaryExpression:
      return referenceToBinary(inner as ts.BinaryExpression, resolver);
    case SyntaxKind.MetaProperty:
      return rooted({ kind: 'global', name: inner.getText() });
    default:
      return referenceToWritten(inner, resolver);
  }
}

function referenceToWritten(node: ts.Expression, { nodes }: Resolver): Reference {
  const index = nodes.indexOf(node);
  if (index === null) return UNKNOWN;
  if (isFunctionNode(node)) return rooted({ kind: 'function', function: index });
  return isClassLike(node) ? rooted({ kind: 'class', class: index }) : UNKNOWN;
}

function referenceToName(identifier: ts.Identifier, resolver: Resolver): Reference {
  if (identifier.text === 'undefined' || identifier.text === '') return UNKNOWN;
  const declaration = resolver.scopes.declarationOf(identifier);
  if (declaration === null) return rooted({ kind: 'global', name: identifier.text });
  return resolver.ofDeclaration(declaration);
}

function referenceToDeclaration(declaration: Declaration, resolver: Resolver): Reference {
  const { nodes, bindings, imports } = resolver;
  const variable = bindings.variableIndexOf(declaration);
  if (variable !== null) return rooted({ kind: 'variable', variable });
  const index = nodes.indexOf(declaration.node);
  switch (declaration.kind) {
    case 'import':
      return referenceToImport(declaration, imports);
    case 'function':
      return rooted(
        index === null ? { kind: 'global', name: declaration.name } : { kind: 'function', function: index },
      );
    case 'class':
      return index === null ? UNKNOWN : rooted({ kind: 'class', class: index });
    case 'param':
      return referenceToParameter(declaration, resolver);
    case 'catch':
      return extended(UNKNOWN, declaration.path);
    default: {
      const trace = bindings.traceOf(declaration);
      return trace === null ? UNKNOWN : referenceByTrace(trace, resolver);
    }
  }
}

function referenceToImport(declaration: Declaration, imports: Imports): Reference {
  const index = imports.indexOf(declaration.node);
  return index === null ? UNKNOWN : rooted({ kind: 'import', import: index });
}

function referenceByTrace(trace: Trace, resolver: Resolver): Reference {
  return extended(resolver.of(trace.expression), trace.path);
}

function referenceToParameter(declaration: Declaration, resolver: Resolver): Reference {
  const { scopes, nodes, bindings } = resolver;
  const trace = scopes.writesOf(declaration).length > 0 ? null : bindings.traceOf(declaration);
  if (trace !== null) {
    const reference = referenceByTrace(trace, resolver);
    if (reference.root.kind !== 'unknown') return reference;
  }
  const parameter = declaration.node as ts.ParameterDeclaration;
  const owner = parameter.parent;
  const index = isFunctionNode(owner) ? nodes.indexOf(owner) : null;
  if (index === null || !isFunctionNode(owner)) return extended(UNKNOWN, declaration.path);
  const root: Root = { kind: 'parameter', function: index, index: parametersOf(owner).indexOf(parameter) };
  return { root, path: declaration.path };
}

/** Methods that give one element of their receiver when called without arguments or with a number. */
const ELEMENT_GIVING: ReadonlySet<string> = new Set(['at', 'pop', 'shift']);
/** Methods that give an element when called with a test. */
const ELEMENT_FINDING: ReadonlySet<string> = new Set(['find', 'findLast']);
/** Methods whose result stands for their receiver. */
const RECEIVER_GIVING: ReadonlySet<string> = new Set(['catch', 'finally', 'bind']);

function referenceToCall(call: ts.Expression, resolver: Resolver): Reference {
  const imported = resolver.imports.indexOf(call);
  if (imported !== null) return rooted({ kind: 'import', import: imported });
  const member = memberCall(call);
  if (member !== null) {
    const [first] = member.arguments;
    const finds = first !== undefined && isFunctionNode(first) && ELEMENT_FINDING.has(member.name);
    const gives = ELEMENT_GIVING.has(member.name) && (first === undefined || isPlace(unwrap(first)));
    if (finds || gives) return referenceByTrace(traceElement(member.receiver, resolver.scopes), resolver);
    if (RECEIVER_GIVING.has(member.name)) return resolver.of(member.receiver);
  }
  const index = resolver.nodes.indexOf(call);
  return index === null ? UNKNOWN : rooted({ kind: 'call', call: index });
}

function referenceToElement(access: ts.ElementAccessExpression, resolver: Resolver): Reference {
  const key = unwrap(access.argumentExpression);
  if (isNumericLiteral(key)) {
    return referenceByTrace(traceAt(access.expression, Number(key.text), resolver.scopes), resolver);
  }
  const step = keyStep(followed(key, resolver.scopes));
  if (step === '[]' || isPlace(key))
    return referenceByTrace(traceElement(access.expression, resolver.scopes), resolver);
  return extended(resolver.of(access.expression), [step]);
}

const PLACE_NAMES = /^(?:[ijkn]|idx|index|.*Idx|.*Index)$/;

function isPlace(key: ts.Expression): boolean {
  if (isNumericLiteral(key)) return true;
  if (isIdentifier(key)) return PLACE_NAMES.test(key.text);
  if (isPrefixUnaryExpression(key)) return isPlace(key.operand);
  if (!isBinaryExpression(key)) return false;
  return isNumericLiteral(key.right) || isPlace(unwrap(key.left));
}

function referenceToBinary(binary: ts.BinaryExpression, resolver: Resolver): Reference {
  switch (binary.operatorToken.kind) {
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
      return firstKnown([binary.left, binary.right], resolver);
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.CommaToken:
    case SyntaxKind.EqualsToken:
      return resolver.of(binary.right);
    case SyntaxKind.QuestionQuestionEqualsToken:
    case SyntaxKind.BarBarEqualsToken:
      return firstKnown([binary.left, binary.right], resolver);
    default:
      return UNKNOWN;
  }
}

function firstKnown(options: readonly ts.Expression[], resolver: Resolver): Reference {
  for (const option of options) {
    const reference = resolver.of(option);
    if (reference.root.kind !== 'unknown') return reference;
  }
  return UNKNOWN;
}

function referenceToThis(node: ts.Expression, resolver: Resolver): Reference {
  const owner = classAround(node);
  const isSuper = node.kind === SyntaxKind.SuperKeyword;
  if (owner?.kind === 'object') {
    const name = owner.variable;
    const declaration = name === null ? null : resolver.scopes.declarationOf(name);
    return declaration === null ? rooted({ kind: 'this', class: null }) : resolver.ofDeclaration(declaration);
  }
  const index = owner === null ? null : resolver.nodes.indexOf(owner.node);
  if (isSuper) return rooted({ kind: 'super', class: index });
  if (owner?.static && index !== null) return rooted({ kind: 'class', class: index });
  return rooted({ kind: 'this', class: index });
}
