import type { ts } from 'ts-morph';
import {
  isClassDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isExpression,
  isFunctionDeclaration,
  isIdentifier,
  isNamedExports,
  isTemplateExpression,
  isVariableStatement,
  SyntaxKind,
} from '../compiler.ts';
import { unwrap } from '../nodeKinds.ts';
import { keyOf, literalText, moduleSpecifiers } from '../nodeNames.ts';

/** What a module-level name stands for: the initialiser of a constant, or the declaration itself. */
export type Definition = ts.Expression | ts.FunctionDeclaration | ts.ClassDeclaration;

export interface ExportedName {
  readonly name: string;
  readonly definition: Definition;
  /** Where a reader looks for the export: its name, or the `default` clause. */
  readonly at: ts.Node;
}

/** Names of the module's top level, as far as entry points need them. */
export interface ModuleNames {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly exports: ReadonlyMap<string, ExportedName>;
  readonly specifiers: ReadonlySet<string>;
}

export function readModuleNames(file: ts.SourceFile): ModuleNames {
  const definitions = new Map<string, Definition>();
  for (const statement of file.statements) for (const [name, node] of definedBy(statement)) definitions.set(name, node);
  const exports = new Map<string, ExportedName>();
  for (const statement of file.statements)
    for (const exported of exportedBy(statement, definitions)) exports.set(exported.name, exported);
  return { definitions, exports, specifiers: moduleSpecifiers(file) };
}

/** Follows module-level names to what they were initialised with; stops at functions, calls, imports. */
export function definitionOf(names: ModuleNames, node: ts.Expression): ts.Node {
  const seen = new Set<string>();
  let at: ts.Node = unwrap(node);
  while (isIdentifier(at) && !seen.has(at.text)) {
    seen.add(at.text);
    const next = names.definitions.get(at.text);
    if (next === undefined) break;
    at = isExpression(next) ? unwrap(next) : next;
  }
  return at;
}

/** A text as far as the file tells it: a literal, a constant, a template with `*` for what is not known. */
export function textOf(names: ModuleNames, node: ts.Node): string | null {
  const inner = isExpression(node) ? definitionOf(names, node) : node;
  if (!isTemplateExpression(inner)) return literalText(inner);
  const holes = inner.templateSpans.map((span) => (textOf(names, span.expression) ?? '*') + span.literal.text);
  return inner.head.text + holes.join('');
}

function* definedBy(statement: ts.Statement): Generator<readonly [string, Definition]> {
  if ((isFunctionDeclaration(statement) || isClassDeclaration(statement)) && statement.name && !isOverload(statement))
    yield [statement.name.text, statement];
  if (!isVariableStatement(statement)) return;
  for (const { name, initializer } of statement.declarationList.declarations)
    if (isIdentifier(name) && initializer) yield [name.text, initializer];
}

function* exportedBy(statement: ts.Statement, definitions: ReadonlyMap<string, Definition>): Generator<ExportedName> {
  if (isExportAssignment(statement)) {
    yield { name: 'default', definition: statement.expression, at: statement.expression };
  } else if (isExportDeclaration(statement)) {
    yield* exportedByClause(statement, definitions);
  } else if (isVariableStatement(statement) && isExported(statement)) {
    for (const { name, initializer } of statement.declarationList.declarations)
      if (isIdentifier(name) && initializer) yield { name: name.text, definition: initializer, at: name };
  } else if (
    (isFunctionDeclaration(statement) || isClassDeclaration(statement)) &&
    isExported(statement) &&
    !isOverload(statement)
  ) {
    const isDefault = statement.modifiers?.some((modifier) => modifier.kind === SyntaxKind.DefaultKeyword) ?? false;
    const name = isDefault ? 'default' : statement.name?.text;
    if (name !== undefined) yield { name, definition: statement, at: statement.name ?? statement };
  }
}

function* exportedByClause(
  statement: ts.ExportDeclaration,
  definitions: ReadonlyMap<string, Definition>,
): Generator<ExportedName> {
  if (
    statement.moduleSpecifier ||
    statement.isTypeOnly ||
    !statement.exportClause ||
    !isNamedExports(statement.exportClause)
  )
    return;
  for (const element of statement.exportClause.elements) {
    const local = (element.propertyName ?? element.name).text;
    const definition = definitions.get(local);
    const name = keyOf(element.name as ts.Identifier);
    if (definition && name !== null) yield { name, definition, at: element.name };
  }
}

function isExported(node: ts.HasModifiers): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === SyntaxKind.ExportKeyword) ?? false;
}

function isOverload(node: ts.Node): boolean {
  return isFunctionDeclaration(node) && node.body === undefined;
}
