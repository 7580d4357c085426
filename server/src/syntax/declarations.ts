import type { ts } from 'ts-morph';
import {
  isArrayBindingPattern,
  isCatchClause,
  isIdentifier,
  isNamespaceImport,
  isNumericLiteral,
  isOmittedExpression,
  isStringLiteralLike,
  NodeFlags,
  SyntaxKind,
} from './compiler.ts';

/** A name given to a value, and where it comes from. */
export interface Declaration {
  readonly kind: DeclarationKind;
  readonly name: string;
  readonly identifier: ts.Identifier;
  /** What declares it: the variable declaration, parameter, import specifier or clause, function, class, catch clause, enum, namespace. */
  readonly node: ts.Node;
  /** From the initialiser or argument to the name: `const { a: [{ b }] } = x` has `a`, `[]`, `b` for `b`; a rest element adds nothing. */
  readonly path: readonly string[];
  /** `...rest` in a pattern or parameter list: only part of what `path` leads to. */
  readonly rest: boolean;
}

export type DeclarationKind =
  | 'const'
  | 'let'
  | 'var'
  | 'using'
  | 'param'
  | 'import'
  | 'function'
  | 'class'
  | 'catch'
  | 'enum'
  | 'namespace';

/** The kinds of nodes that declare names. */
export const DECLARING_KINDS: readonly ts.SyntaxKind[] = [
  SyntaxKind.VariableDeclaration,
  SyntaxKind.Parameter,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.EnumDeclaration,
  SyntaxKind.ModuleDeclaration,
  SyntaxKind.ImportEqualsDeclaration,
  SyntaxKind.ImportDeclaration,
];

/** The names a node itself declares; those of its children are asked for at the children. */
export function declaredNames(node: ts.Node): readonly Declaration[] {
  switch (node.kind) {
    case SyntaxKind.VariableDeclaration:
      return variableNames(node as ts.VariableDeclaration);
    case SyntaxKind.Parameter:
      return parameterNames(node as ts.ParameterDeclaration);
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.FunctionExpression:
      return named('function', node, (node as ts.FunctionDeclaration).name);
    case SyntaxKind.ClassDeclaration:
    case SyntaxKind.ClassExpression:
      return named('class', node, (node as ts.ClassDeclaration).name);
    case SyntaxKind.EnumDeclaration:
      return named('enum', node, (node as ts.EnumDeclaration).name);
    case SyntaxKind.ModuleDeclaration:
      return named('namespace', node, (node as ts.ModuleDeclaration).name);
    case SyntaxKind.ImportEqualsDeclaration:
      return named('import', node, (node as ts.ImportEqualsDeclaration).name);
    case SyntaxKind.ImportDeclaration:
      return importedNames(node as ts.ImportDeclaration);
    default:
      return NONE;
  }
}

/** The step a binding element takes into what it destructures; null for a rest element. */
export function bindingStep(element: ts.BindingElement): string | null {
  if (element.dotDotDotToken !== undefined) return null;
  if (isArrayBindingPattern(element.parent)) return '[]';
  const key = element.propertyName ?? element.name;
  if (isIdentifier(key) || isStringLiteralLike(key)) return key.text;
  if (isNumericLiteral(key)) return '[]';
  return '?';
}

const NONE: readonly Declaration[] = [];
const NO_PATH: readonly string[] = [];

function variableNames(node: ts.VariableDeclaration): readonly Declaration[] {
  return boundNames(variableKind(node), node, node.name);
}

function variableKind(node: ts.VariableDeclaration): DeclarationKind {
  if (isCatchClause(node.parent)) return 'catch';
  switch (node.parent.flags & NodeFlags.BlockScoped) {
    case NodeFlags.Let:
      return 'let';
    case NodeFlags.Const:
      return 'const';
    case NodeFlags.None:
      return 'var';
    default:
      return 'using';
  }
}

function parameterNames(node: ts.ParameterDeclaration): readonly Declaration[] {
  if (!isIdentifier(node.name)) return boundNames('param', node, node.name);
  return [plain('param', node, node.name, node.dotDotDotToken !== undefined)];
}

function boundNames(kind: DeclarationKind, node: ts.Node, name: ts.BindingName): readonly Declaration[] {
  if (isIdentifier(name)) return [plain(kind, node, name, false)];
  const found: Declaration[] = [];
  collectPattern(kind, node, name, NO_PATH, found);
  return found;
}

function collectPattern(
  kind: DeclarationKind,
  node: ts.Node,
  pattern: ts.BindingPattern,
  path: readonly string[],
  found: Declaration[],
): void {
  for (const element of pattern.elements) {
    if (isOmittedExpression(element)) continue;
    const step = bindingStep(element);
    const inner = step === null ? path : [...path, step];
    if (!isIdentifier(element.name)) collectPattern(kind, node, element.name, inner, found);
    else
      found.push({ kind, name: element.name.text, identifier: element.name, node, path: inner, rest: step === null });
  }
}

function importedNames(node: ts.ImportDeclaration): readonly Declaration[] {
  const clause = node.importClause;
  if (clause === undefined) return NONE;
  const found = [...named('import', clause, clause.name)];
  const bindings = clause.namedBindings;
  if (bindings === undefined) return found;
  if (isNamespaceImport(bindings)) found.push(plain('import', bindings, bindings.name, false));
  else for (const specifier of bindings.elements) found.push(plain('import', specifier, specifier.name, false));
  return found;
}

function named(kind: DeclarationKind, node: ts.Node, name: ts.Node | undefined): readonly Declaration[] {
  return name !== undefined && isIdentifier(name) ? [plain(kind, node, name, false)] : NONE;
}

function plain(kind: DeclarationKind, node: ts.Node, identifier: ts.Identifier, rest: boolean): Declaration {
  return { kind, name: identifier.text, identifier, node, path: NO_PATH, rest };
}
