import type { ts } from 'ts-morph';
import { cjsExports } from './cjsExports.ts';
import {
  isClassDeclaration,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isImportEqualsDeclaration,
  isMethodDeclaration,
  isModuleDeclaration,
  isNamespaceExport,
  isOmittedExpression,
  isStringLiteral,
  isVariableStatement,
  SyntaxKind,
} from './compiler.ts';
import type { ExportFact, VariableFact } from './facts.ts';
import { hasModifier } from './nodeKinds.ts';
import type { SourceContext } from './sourceContext.ts';
import { isReducible } from './trace.ts';
import type { Reference } from './values.ts';

export interface Exports {
  readonly facts: readonly ExportFact[];
  /** Values exported without a name of their own (`export default { … }`), to be appended to the file's variables. */
  readonly variables: readonly VariableFact[];
}

/** What a file offers to others, ES and CommonJS; `module.exports = { a }` gives `default` and `a`. */
export function exportFacts(context: SourceContext): Exports {
  const variables: VariableFact[] = [];
  const keep: Keep = (name, expression) => {
    if (isMethodDeclaration(expression)) return functionReference(expression, context);
    if (isReducible(expression)) return context.referenceOf(expression);
    const index = context.bindings.variables.length + variables.length;
    variables.push(unnamedVariable(name, index, expression, context));
    return { root: { kind: 'variable', variable: index }, path: [] };
  };
  const facts = new Map<string, ExportFact>();
  const add = (fact: ExportFact): void => {
    const key = fact.name === '*' ? `* ${fact.from?.specifier}` : fact.name;
    const earlier = facts.get(key);
    if (earlier === undefined || (earlier.value === null && earlier.from === null)) facts.set(key, fact);
  };
  for (const statement of context.sourceFile.statements) {
    for (const fact of statementExports(statement, context, keep)) add(fact);
  }
  for (const { name, value } of cjsExports(context)) add({ name, value: keep(name, value), from: null });
  return { facts: [...facts.values()], variables };
}

/** Gives the reference of an exported expression, as a variable of its own if it must. */
type Keep = (name: string, expression: ts.Expression | ts.MethodDeclaration) => Reference | null;

function unnamedVariable(name: string, index: number, expression: ts.Expression, context: SourceContext): VariableFact {
  const span = context.spanOf(expression);
  const init = context.longValueOf(expression);
  return { index, name, kind: 'const', function: 0, init, typeName: null, writes: [], span };
}

function statementExports(statement: ts.Statement, context: SourceContext, keep: Keep): readonly ExportFact[] {
  if (isExportDeclaration(statement)) return reExports(statement, context);
  if (isExportAssignment(statement)) {
    return [{ name: 'default', value: keep('default', statement.expression), from: null }];
  }
  if (!hasModifier(statement, SyntaxKind.ExportKeyword)) return [];
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundExports(name, context));
  }
  if (!isNamedDeclaration(statement)) return [];
  const isDefault = hasModifier(statement, SyntaxKind.DefaultKeyword);
  const name = isDefault ? 'default' : statement.name?.text;
  return name === undefined ? [] : [{ name, value: declaredValue(statement, context), from: null }];
}

type NamedDeclaration =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration
  | ts.ModuleDeclaration
  | ts.ImportEqualsDeclaration;

function isNamedDeclaration(statement: ts.Statement): statement is NamedDeclaration {
  return (
    isFunctionDeclaration(statement) ||
    isClassDeclaration(statement) ||
    isEnumDeclaration(statement) ||
    isModuleDeclaration(statement) ||
    isImportEqualsDeclaration(statement)
  );
}

function declaredValue(node: NamedDeclaration, context: SourceContext): Reference | null {
  if (isFunctionDeclaration(node)) return functionReference(node, context);
  if (isClassDeclaration(node)) {
    const index = context.classIndexOf(node);
    return index === null ? null : { root: { kind: 'class', class: index }, path: [] };
  }
  return node.name !== undefined && isIdentifier(node.name) ? namedValue(node.name, context) : null;
}

function functionReference(node: ts.Node, context: SourceContext): Reference | null {
  const index = context.functionIndexOf(node);
  return index === null ? null : { root: { kind: 'function', function: index }, path: [] };
}

function namedValue(name: ts.Identifier, context: SourceContext): Reference | null {
  return context.scopes.declarationOf(name) === null ? null : context.referenceOf(name);
}

function boundExports(name: ts.BindingName, context: SourceContext): readonly ExportFact[] {
  if (isIdentifier(name)) return [{ name: name.text, value: namedValue(name, context), from: null }];
  return name.elements.flatMap((element) => (isOmittedExpression(element) ? [] : boundExports(element.name, context)));
}

function reExports(node: ts.ExportDeclaration, context: SourceContext): readonly ExportFact[] {
  const specifier =
    node.moduleSpecifier !== undefined && isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null;
  const clause = node.exportClause;
  if (clause === undefined || isNamespaceExport(clause)) {
    const name = clause?.name.text ?? '*';
    return specifier === null ? [] : [{ name, value: null, from: { specifier, name: '*' } }];
  }
  return clause.elements.map((element) => {
    const original = element.propertyName ?? element.name;
    if (specifier !== null) return { name: element.name.text, value: null, from: { specifier, name: original.text } };
    const value = isIdentifier(original) ? namedValue(original, context) : null;
    return { name: element.name.text, value, from: null };
  });
}
