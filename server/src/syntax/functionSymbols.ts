import type { ts } from 'ts-morph';
import {
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isClassLike,
  isClassStaticBlockDeclaration,
  isConstructorDeclaration,
  isExportAssignment,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isJsxAttribute,
  isJsxElement,
  isJsxExpression,
  isModuleDeclaration,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSourceFile,
  isStringLiteralLike,
  isVariableDeclaration,
  SyntaxKind,
} from './compiler.ts';
import type { FunctionNode } from './nodeKinds.ts';
import { hasModifier, isFunctionNode, isTransparent } from './nodeKinds.ts';
import { keyOf, lastNameOf } from './nodeNames.ts';
import type { SourceNodes } from './sourceNodes.ts';

/** A symbol per function: the path of enclosing names, with ordinals only where names do not tell functions apart. */
export function functionSymbols(nodes: SourceNodes): readonly string[] {
  const symbols: string[] = [];
  const taken = new Map<string, number>();
  for (const node of nodes.functions) {
    symbols.push(isSourceFile(node) ? '' : symbolOf(node, symbols[nodes.functionOf(node)] ?? '', taken));
  }
  return symbols;
}

function symbolOf(node: FunctionNode, enclosing: string, taken: Map<string, number>): string {
  const { names, callback } = labelOf(node);
  const symbol = [enclosing, ...names].filter((name) => name !== '').join('.');
  const ordinal = taken.get(symbol) ?? 0;
  taken.set(symbol, ordinal + 1);
  return callback || ordinal > 0 ? `${symbol}#${ordinal}` : symbol;
}

interface Label {
  readonly names: readonly string[];
  /** Named after the call it is handed to: always numbered. */
  readonly callback: boolean;
}

/** Array methods and promise steps: naming their callback after the variable that takes the result would mislead. */
const STEPS =
  /^(?:map|forEach|filter|find\w*|some|every|flatMap|sort|toSorted|reduce\w*|then|catch|finally|\$transaction)$/;
const MAX_TEXT = 60;

/** Climbs to the enclosing function and collects the names on the way. */
function labelOf(node: FunctionNode): Label {
  const own = ownName(node);
  const names = own === null ? [] : [own];
  let named = own !== null;
  let naming = true;
  let repeats = named && isFunctionExpression(node);
  let callee: string | null = null;
  let inner: ts.Node = node;
  for (let at = node.parent; at !== undefined && !isFunctionNode(at); inner = at, at = at.parent) {
    if (!named) {
      callee ??= calleeLabel(at, inner);
      if (callee !== null && (STEPS.test(callee) || isAwaitExpression(at))) naming = false;
    }
    const container = containerName(at);
    const name = container ?? (naming ? nameGivenBy(at, inner) : null);
    if (name === null) continue;
    if (repeats && container === null) repeats = false;
    else names.unshift(name);
    named ||= container === null;
  }
  if (named) return { names, callback: false };
  const label = callee ?? 'function';
  return { names: [...names, label], callback: !label.endsWith(')') };
}

function ownName(node: FunctionNode): string | null {
  if (isConstructorDeclaration(node)) return 'constructor';
  if (isClassStaticBlockDeclaration(node)) return 'static';
  if (isFunctionDeclaration(node) && node.name === undefined) return 'default';
  return isArrowFunction(node) ? null : keyOf(node.name);
}

function calleeLabel(at: ts.Node, inner: ts.Node): string | null {
  if (!isCallExpression(at) && !isNewExpression(at)) return null;
  if (at.expression === inner) return 'iife';
  const name = lastNameOf(at.expression);
  const [first] = at.arguments ?? [];
  const text = first !== undefined && first !== inner && isStringLiteralLike(first) ? first.text : null;
  return text === null || text.length > MAX_TEXT ? name : `${name}(${text})`;
}

function nameGivenBy(at: ts.Node, inner: ts.Node): string | null {
  if (isVariableDeclaration(at)) return isIdentifier(at.name) && at.initializer === inner ? at.name.text : null;
  if (isPropertyAssignment(at) || isPropertyDeclaration(at)) return at.initializer === inner ? keyOf(at.name) : null;
  if (isJsxAttribute(at)) return at.name.getText();
  if (isJsxExpression(at)) return isJsxElement(at.parent) ? 'children' : null;
  if (isExportAssignment(at)) return 'default';
  if (isBinaryExpression(at)) return at.right === inner ? assignedName(at) : null;
  return null;
}

function containerName(at: ts.Node): string | null {
  if (isClassLike(at)) return at.name?.text ?? (hasModifier(at, SyntaxKind.DefaultKeyword) ? 'default' : null);
  return isModuleDeclaration(at) && isIdentifier(at.name) ? at.name.text : null;
}

function assignedName(binary: ts.BinaryExpression): string | null {
  if (binary.operatorToken.kind !== SyntaxKind.EqualsToken) return null;
  return lastNameOf(binary.left) || null;
}

/** The node that names a function: its own name, or that of the variable, property or member it is assigned to directly. */
export function nameNodeOf(node: FunctionNode): ts.Node | null {
  if (!isClassStaticBlockDeclaration(node) && !isArrowFunction(node) && node.name !== undefined) return node.name;
  let outer: ts.Node = node;
  while (isTransparent(outer.parent) && !isAwaitExpression(outer.parent)) outer = outer.parent;
  const parent = outer.parent;
  if (isVariableDeclaration(parent)) return isIdentifier(parent.name) ? parent.name : null;
  if (isPropertyAssignment(parent) || isPropertyDeclaration(parent)) return parent.name;
  if (!isBinaryExpression(parent) || parent.right !== outer) return null;
  const target = parent.left;
  if (isPropertyAccessExpression(target)) return target.name;
  return isIdentifier(target) ? target : null;
}
