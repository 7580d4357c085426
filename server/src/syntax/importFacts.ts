import type { ts } from 'ts-morph';
import {
  isCallExpression,
  isExternalModuleReference,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isNamespaceImport,
  isStringLiteral,
  isStringLiteralLike,
  isVariableDeclaration,
  SyntaxKind,
} from './compiler.ts';
import type { ImportFact } from './facts.ts';
import { wrapped } from './nodeKinds.ts';
import type { Scopes } from './scopes.ts';
import type { SourceNodes } from './sourceNodes.ts';

/** The imports of a file, findable by the specifier, clause or `require`/`import()` call that makes them. */
export interface Imports {
  readonly facts: readonly ImportFact[];
  indexOf(node: ts.Node): number | null;
}

/** Static imports first, then `require` and `import()` with a constant specifier, each in source order. */
export function collectImports(sourceFile: ts.SourceFile, scopes: Scopes, nodes: SourceNodes): Imports {
  const facts: ImportFact[] = [];
  const indices = new Map<ts.Node, number>();
  const add = (node: ts.Node, fact: Omit<ImportFact, 'span'>): void => {
    indices.set(node, facts.length);
    facts.push({ ...fact, span: { start: node.getStart(sourceFile), end: node.end } });
  };
  for (const statement of sourceFile.statements) {
    if (isImportDeclaration(statement)) addDeclaration(statement, add);
    else if (isImportEqualsDeclaration(statement)) addImportEquals(statement, add);
  }
  nodes.calls.forEach((call, index) => {
    const specifier = importedBy(call, scopes);
    if (specifier === null) return;
    const dynamic = isImportCall(call) || nodes.callFunctions[index] !== 0;
    add(call, { specifier, name: '*', local: assignedName(call), typeOnly: false, dynamic });
  });
  return { facts, indexOf: (node) => indices.get(node) ?? null };
}

type Add = (node: ts.Node, fact: Omit<ImportFact, 'span'>) => void;

function addDeclaration(node: ts.ImportDeclaration, add: Add): void {
  const clause = node.importClause;
  if (clause === undefined || !isStringLiteral(node.moduleSpecifier)) return;
  const shared = { specifier: node.moduleSpecifier.text, dynamic: false };
  const typeOnly = clause.phaseModifier === SyntaxKind.TypeKeyword;
  if (clause.name !== undefined) add(clause, { ...shared, name: 'default', local: clause.name.text, typeOnly });
  const bindings = clause.namedBindings;
  if (bindings === undefined) return;
  if (isNamespaceImport(bindings)) {
    add(bindings, { ...shared, name: '*', local: bindings.name.text, typeOnly });
    return;
  }
  for (const specifier of bindings.elements) {
    const name = (specifier.propertyName ?? specifier.name).text;
    add(specifier, { ...shared, name, local: specifier.name.text, typeOnly: typeOnly || specifier.isTypeOnly });
  }
}

function addImportEquals(node: ts.ImportEqualsDeclaration, add: Add): void {
  const reference = node.moduleReference;
  if (!isExternalModuleReference(reference) || !isStringLiteral(reference.expression)) return;
  const specifier = reference.expression.text;
  add(node, { specifier, name: '*', local: node.name.text, typeOnly: node.isTypeOnly, dynamic: false });
}

function importedBy(call: ts.Node, scopes: Scopes): string | null {
  if (!isCallExpression(call)) return null;
  const specifier = call.arguments[0];
  if (specifier === undefined || !isStringLiteralLike(specifier)) return null;
  return isImportCall(call) || isRequireCall(call, scopes) ? specifier.text : null;
}

function isImportCall(call: ts.Node): boolean {
  return isCallExpression(call) && call.expression.kind === SyntaxKind.ImportKeyword;
}

function isRequireCall(call: ts.CallExpression, scopes: Scopes): boolean {
  const callee = call.expression;
  return isIdentifier(callee) && callee.text === 'require' && scopes.declarationOf(callee) === null;
}

function assignedName(call: ts.Node): string {
  const parent = wrapped(call).parent;
  return isVariableDeclaration(parent) && isIdentifier(parent.name) ? parent.name.text : '';
}
