import type { ts } from 'ts-morph';
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isForOfStatement,
  isIdentifier,
  isNumericLiteral,
  isTaggedTemplateExpression,
  isVariableDeclarationList,
  isVariableStatement,
  SyntaxKind,
} from '../compiler.ts';
import { isAssignmentOperator, unwrap, wrapped } from '../nodeKinds.ts';
import { keyOf, literalText } from '../nodeNames.ts';
import { passArgument, spreadArgument } from './usageArguments.ts';
import { assignTo, bindName } from './usageBindings.ts';
import { lookAtMarkup } from './usageMarkup.ts';
import { callMethod } from './usageMethods.ts';
import { ANY_KEY, anyKey, ELEMENT, element, elementAt, type Part, position, property, wrap } from './usageParts.ts';
import { giveBack } from './usageReturns.ts';
import { passTo, type Trace } from './usageTrace.ts';

/** Decides by what stands around an expression what becomes of its value; what is not known here escapes. */
export function lookAround(trace: Trace, node: ts.Node, part: Part): void {
  const { parent } = node;
  switch (parent.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.AwaitExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.TypeAssertionExpression:
      trace.follow(parent, part);
      return;
    case SyntaxKind.PropertyAccessExpression:
      readProperty(trace, parent as ts.PropertyAccessExpression, part);
      return;
    case SyntaxKind.ElementAccessExpression:
      readElement(trace, parent as ts.ElementAccessExpression, node, part);
      return;
    case SyntaxKind.CallExpression:
    case SyntaxKind.NewExpression:
      callWith(trace, parent as ts.CallExpression | ts.NewExpression, node, part);
      return;
    case SyntaxKind.VariableDeclaration:
      declare(trace, parent as ts.VariableDeclaration, part);
      return;
    case SyntaxKind.Parameter:
    case SyntaxKind.BindingElement:
      bindName(trace, (parent as ts.ParameterDeclaration).name, part);
      return;
    case SyntaxKind.PropertyDeclaration:
      trace.escape(node, part, 'stored');
      return;
    case SyntaxKind.ReturnStatement:
    case SyntaxKind.ArrowFunction:
      giveBack(trace, node, part);
      return;
    case SyntaxKind.BinaryExpression:
      combine(trace, parent as ts.BinaryExpression, node, part);
      return;
    case SyntaxKind.ConditionalExpression:
      if ((parent as ts.ConditionalExpression).condition === node) {
        trace.test(node, part);
        return;
      }
      trace.follow(parent, part);
      return;
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.ForInStatement:
      goOver(trace, parent as ts.ForInOrOfStatement, node, part);
      return;
    default:
      lookAtLiteral(trace, node, part) || lookAtStatement(trace, node, part) || lookAtMarkup(trace, node, part)
        ? undefined
        : trace.escape(node, part, 'other');
      return;
  }
}

/** The value becomes part of a literal. */
function lookAtLiteral(trace: Trace, node: ts.Node, part: Part): boolean {
  const { parent } = node;
  switch (parent.kind) {
    case SyntaxKind.PropertyAssignment: {
      const { name } = parent as ts.PropertyAssignment;
      trace.follow(parent.parent, isTarget(parent.parent) ? null : wrap(part, keyOf(name) ?? ANY_KEY));
      return true;
    }
    case SyntaxKind.ShorthandPropertyAssignment:
      trace.follow(
        parent.parent,
        isTarget(parent.parent) ? null : wrap(part, (parent as ts.ShorthandPropertyAssignment).name.text),
      );
      return true;
    case SyntaxKind.SpreadAssignment:
      trace.follow(parent.parent, isTarget(parent.parent) ? null : part);
      return true;
    case SyntaxKind.ArrayLiteralExpression:
      trace.follow(parent, isTarget(parent) ? null : wrap(part, placeIn(parent as ts.ArrayLiteralExpression, node)));
      return true;
    case SyntaxKind.SpreadElement:
      spread(trace, parent as ts.SpreadElement, part);
      return true;
    case SyntaxKind.TemplateSpan:
      interpolate(trace, parent as ts.TemplateSpan, node, part);
      return true;
    case SyntaxKind.ComputedPropertyName:
      trace.read(node, part);
      return true;
    default:
      return false;
  }
}

function lookAtStatement(trace: Trace, node: ts.Node, part: Part): boolean {
  switch (node.parent.kind) {
    case SyntaxKind.ExpressionStatement:
    case SyntaxKind.VoidExpression:
    case SyntaxKind.DeleteExpression:
      return true;
    case SyntaxKind.IfStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
    case SyntaxKind.ForStatement:
    case SyntaxKind.TypeOfExpression:
      trace.test(node, part);
      return true;
    case SyntaxKind.PrefixUnaryExpression:
      if ((node.parent as ts.PrefixUnaryExpression).operator === SyntaxKind.ExclamationToken) trace.test(node, part);
      else trace.read(node, part);
      return true;
    case SyntaxKind.PostfixUnaryExpression:
    case SyntaxKind.SwitchStatement:
    case SyntaxKind.CaseClause:
    case SyntaxKind.TaggedTemplateExpression:
      trace.read(node, part);
      return true;
    default:
      return false;
  }
}

function readProperty(trace: Trace, access: ts.PropertyAccessExpression, part: Part): void {
  const call = wrapped(access).parent;
  const name = access.name.text;
  if (isCallExpression(call) && unwrap(call.expression) === access) {
    callMethod(trace, call, access, part);
    return;
  }
  if (isTarget(access)) return;
  if (name === 'length' && part.at.length === 0) {
    const { spanOf } = trace.context;
    trace.add({ kind: 'length', path: part.path, span: spanOf(access), of: spanOf(access.expression) });
  } else trace.follow(access, property(part, name));
}

function readElement(trace: Trace, access: ts.ElementAccessExpression, node: ts.Node, part: Part): void {
  if (access.argumentExpression === node) {
    trace.read(node, part);
    return;
  }
  if (isTarget(access)) return;
  const key = unwrap(access.argumentExpression);
  const name = literalText(key);
  if (name !== null) trace.follow(access, property(part, name));
  else if (isNumericLiteral(key)) trace.follow(access, elementAt(part, Number(key.text)));
  else if (part.at.length > 0) trace.follow(access, anyKey(part));
  else if (isPlace(key)) trace.follow(access, element(part));
  else trace.escape(access, part, 'dynamic-key');
}

const PLACE_NAME = /^([ijkn]|idx|index|pos|position|\w+(Idx|Index))$/;

/** `rows[i]`, `rows[rows.length - 1]`, `rows[Math.floor(…)]`, and a counter of a `for`: an element, not a column by name. */
function isPlace(key: ts.Expression): boolean {
  if (isIdentifier(key)) return PLACE_NAME.test(key.text);
  if (isCallExpression(key)) return key.expression.getText().startsWith('Math.');
  if (!isBinaryExpression(key))
    return key.kind === SyntaxKind.PrefixUnaryExpression || key.kind === SyntaxKind.PostfixUnaryExpression;
  return (
    /^[-*/%]$/.test(key.operatorToken.getText()) || isPlace(unwrap(key.left)) || isNumericLiteral(unwrap(key.right))
  );
}

function callWith(trace: Trace, call: ts.CallExpression | ts.NewExpression, node: ts.Node, part: Part): void {
  if (call.expression !== node) passArgument(trace, call, node as ts.Expression, part);
  else if (part.at.length === 0) trace.read(node, part);
}

function declare(trace: Trace, declaration: ts.VariableDeclaration, part: Part): void {
  const statement = declaration.parent.parent;
  const isExported =
    isVariableStatement(statement) && statement.modifiers?.some((each) => each.kind === SyntaxKind.ExportKeyword);
  if (isExported) trace.escape(declaration.name, part, 'other');
  bindName(trace, declaration.name, part);
}

function goOver(trace: Trace, loop: ts.ForInOrOfStatement, node: ts.Node, part: Part): void {
  if (loop.expression !== node) return;
  if (!isForOfStatement(loop)) {
    if (part.at.length === 0) trace.escape(node, part, 'dynamic-key');
    return;
  }
  const { initializer } = loop;
  if (!isVariableDeclarationList(initializer)) assignTo(trace, initializer, element(part));
  else for (const each of initializer.declarations) bindName(trace, each.name, element(part));
}

function combine(trace: Trace, binary: ts.BinaryExpression, node: ts.Node, part: Part): void {
  const operator = binary.operatorToken.kind;
  const isLeft = binary.left === node;
  if (isAssignmentOperator(operator)) {
    assign(trace, binary, isLeft, node, part);
    return;
  }
  switch (operator) {
    case SyntaxKind.AmpersandAmpersandToken:
      isLeft ? trace.test(node, part) : trace.follow(binary, part);
      return;
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
      trace.follow(binary, part);
      return;
    case SyntaxKind.CommaToken:
      isLeft ? undefined : trace.follow(binary, part);
      return;
    case SyntaxKind.InstanceOfKeyword:
      trace.test(node, part);
      return;
    case SyntaxKind.InKeyword:
      isLeft ? trace.read(node, part) : trace.test(node, part);
      return;
    default: {
      const other = unwrap(isLeft ? binary.right : binary.left);
      isNothing(other) ? trace.test(node, part) : trace.read(node, part);
      return;
    }
  }
}

function isNothing(node: ts.Expression): boolean {
  return node.kind === SyntaxKind.NullKeyword || (isIdentifier(node) && node.text === 'undefined');
}

function assign(trace: Trace, binary: ts.BinaryExpression, isLeft: boolean, node: ts.Node, part: Part): void {
  switch (binary.operatorToken.kind) {
    case SyntaxKind.EqualsToken:
    case SyntaxKind.BarBarEqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken:
      if (isLeft) {
        isIdentifier(node) ? trace.follow(binary, part) : undefined;
        return;
      }
      assignTo(trace, binary.left, part);
      trace.follow(binary, part);
      return;
    default:
      trace.read(node, part);
      return;
  }
}

/** On the left of an assignment, in a pattern or alone: it is written there, not read. */
function isTarget(node: ts.Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isBinaryExpression(parent)) return parent.left === outer && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  if (isForOfStatement(parent)) return parent.initializer === outer;
  return false;
}

function placeIn(array: ts.ArrayLiteralExpression, node: ts.Node): string {
  const index = array.elements.indexOf(node as ts.Expression);
  return array.elements.slice(0, index).some((each) => each.kind === SyntaxKind.SpreadElement)
    ? ELEMENT
    : position(index);
}

function spread(trace: Trace, node: ts.SpreadElement, part: Part): void {
  const { parent } = node;
  const inner = element(part);
  if (isArrayLiteralExpression(parent)) trace.follow(parent, inner && !isTarget(parent) ? wrap(inner, ELEMENT) : null);
  else if (isCallExpression(parent)) spreadArgument(trace, parent, node, part);
  else trace.escape(node, part, 'spread');
}

/** In a tagged template it is an argument of the tag. */
function interpolate(trace: Trace, span: ts.TemplateSpan, node: ts.Node, part: Part): void {
  const template = span.parent;
  const tagged = template.parent;
  const call = isTaggedTemplateExpression(tagged) ? trace.context.callIndexOf(tagged) : null;
  if (call === null) trace.read(node, part);
  else passTo(trace, node, part, call, template.templateSpans.indexOf(span) + 1);
}
