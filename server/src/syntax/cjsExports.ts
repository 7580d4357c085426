import type { ts } from 'ts-morph';
import {
  isIdentifier,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from './compiler.ts';
import { unwrap } from './nodeKinds.ts';
import { keyOf } from './nodeNames.ts';
import type { SourceContext } from './sourceContext.ts';

export interface CjsExport {
  readonly name: string;
  readonly value: ts.Expression | ts.MethodDeclaration;
}

/** `module.exports = …` (the default, and each member of an object literal), `exports.x = …`, `module.exports.x = …`. */
export function cjsExports(context: SourceContext): readonly CjsExport[] {
  return context.nodes.assignments.flatMap((assignment) => {
    const name = exportedName(assignment.left, context);
    return name === null ? [] : exportsOf(name, assignment.right);
  });
}

function exportsOf(name: string, right: ts.Expression): readonly CjsExport[] {
  const value = unwrap(right);
  if (name !== 'default' || !isObjectLiteralExpression(value)) return [{ name, value }];
  const members = value.properties.flatMap((property): readonly CjsExport[] => {
    const key = keyOf(property.name);
    if (key === null || key === 'default') return [];
    if (isPropertyAssignment(property)) return [{ name: key, value: property.initializer }];
    if (isShorthandPropertyAssignment(property)) return [{ name: key, value: property.name }];
    return isMethodDeclaration(property) ? [{ name: key, value: property }] : [];
  });
  return [{ name, value }, ...members];
}

function exportedName(target: ts.Expression, context: SourceContext): string | null {
  if (!isPropertyAccessExpression(target)) return null;
  if (isModuleExports(target, context)) return 'default';
  const holder = target.expression;
  return isGlobal(holder, 'exports', context) || isModuleExports(holder, context) ? target.name.text : null;
}

function isModuleExports(node: ts.Expression, context: SourceContext): boolean {
  return (
    isPropertyAccessExpression(node) && node.name.text === 'exports' && isGlobal(node.expression, 'module', context)
  );
}

function isGlobal(node: ts.Expression, name: string, context: SourceContext): boolean {
  return isIdentifier(node) && node.text === name && context.scopes.declarationOf(node) === null;
}
