import type { ts } from 'ts-morph';
import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isOmittedExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVariableStatement,
  SyntaxKind,
} from './compiler.ts';
import { isFunctionLiteral, numericLiteral } from './expressions.ts';
import type { NarrowingFact } from './narrowingFact.ts';
import { unwrap, wrapped } from './nodeKinds.ts';
import { dottedName, lastNameOf } from './nodeNames.ts';
import type { SourceContext } from './sourceContext.ts';

/** Lists of rows with which one thing is done, as often as they are asked for. */
export function extractNarrowings(context: SourceContext): readonly NarrowingFact[] {
  return context.nodes.calls.flatMap((node) => {
    if (!isCallExpression(node) || lastNameOf(node.expression) !== 'findMany') return [];
    const found = narrowingOf(context, node);
    return found ? [found] : [];
  });
}

type Step = Omit<NarrowingFact, 'call'> & { readonly node: ts.Node };

function narrowingOf(context: SourceContext, request: ts.CallExpression): NarrowingFact | null {
  const call = context.callIndexOf(request);
  const holders = holdersOf(context, request);
  if (call === null || !holders) return null;
  const looks = holders.filter(isLengthRead);
  const steps = holders.filter((each) => !isLengthRead(each)).map((each) => stepOn(context, each));
  const [step, ...others] = steps;
  if (!step || others.some((each) => each?.method !== 'first' || step.method !== 'first')) return null;
  const allowed =
    step.method === 'slice' ? looks : step.method === 'first' ? looks.filter((each) => isEmptinessTest(each)) : [];
  if (allowed.length < looks.length || !runsAsOften(context, step.node, request)) return null;
  const { method, span, of, by, callback } = step;
  return { call, method, span, of, by, callback };
}

/** The expressions that are the list: each read of the one name it is given, or the request itself; null where it cannot be told. */
function holdersOf(context: SourceContext, request: ts.CallExpression): readonly ts.Node[] | null {
  const whole = wrapped(request);
  const { parent } = whole;
  if (isVariableDeclaration(parent) && parent.initializer === whole) return readsOfName(context, parent, parent.name);
  if (!isArrayLiteralExpression(parent)) return [whole];
  const all = parent.parent;
  const declaration = isCallExpression(all) && isAll(all) ? wrapped(all).parent : null;
  if (!declaration || !isVariableDeclaration(declaration) || !isArrayBindingPattern(declaration.name)) return null;
  const name = declaration.name.elements[parent.elements.indexOf(whole as ts.Expression)];
  return name && !isOmittedExpression(name) && !name.dotDotDotToken ? readsOfName(context, name, name.name) : null;
}

function isAll(call: ts.CallExpression): boolean {
  return /(^Promise\.all|\$transaction)$/.test(dottedName(call.expression));
}

function readsOfName(context: SourceContext, declaring: ts.Node, name: ts.BindingName): readonly ts.Node[] | null {
  if (!isIdentifier(name)) return isArrayBindingPattern(name) ? [name] : null;
  const statement = declaring.parent.parent;
  if (isVariableStatement(statement) && statement.modifiers !== undefined) return null;
  const declaration = context.scopes.declarationOf(name);
  if (!declaration || context.scopes.writesOf(declaration).length > 0) return null;
  return context.scopes.readsOf(declaration).map(wrapped);
}

const METHODS = /^(find|filter|some|every|reduce)$/;

function stepOn(context: SourceContext, holder: ts.Node): Step | null {
  if (isArrayBindingPattern(holder)) return takesFirst(holder) ? first(context, holder, holder) : null;
  const { parent } = holder;
  if (isVariableDeclaration(parent) && isArrayBindingPattern(parent.name))
    return takesFirst(parent.name) ? first(context, parent.name, holder) : null;
  if (isElementAccessExpression(parent) && parent.expression === holder)
    return numericLiteral(parent.argumentExpression) === 0 ? first(context, parent, holder) : null;
  if (!isPropertyAccessExpression(parent) || parent.expression !== holder) return null;
  const call = wrapped(parent).parent;
  if (!isCallExpression(call) || unwrap(call.expression) !== parent) return null;
  return methodStep(context, call, parent.name.text, holder);
}

function methodStep(context: SourceContext, call: ts.CallExpression, method: string, holder: ts.Node): Step | null {
  const [argument, second] = call.arguments;
  if (!argument) return null;
  const zero = numericLiteral(argument) === 0;
  if (method === 'at') return zero ? first(context, call, holder) : null;
  const step = { node: call, span: context.spanOf(call), of: context.spanOf(holder), by: context.callIndexOf(call) };
  if (method === 'slice') return second ? { ...step, method, callback: null } : null;
  if (!METHODS.test(method)) return null;
  const inner = unwrap(argument);
  const callback = isFunctionLiteral(inner) && !isTypeGuard(inner) ? context.functionIndexOf(inner) : null;
  return callback === null ? null : { ...step, method: method as Step['method'], callback };
}

/** `(row): row is Ready => …` tells the compiler what is known of the rows. */
function isTypeGuard({ type }: ts.SignatureDeclaration): boolean {
  return type?.kind === SyntaxKind.TypePredicate;
}

function first(context: SourceContext, node: ts.Node, holder: ts.Node): Step {
  const { spanOf } = context;
  return { node, method: 'first', span: spanOf(node), of: spanOf(holder), by: null, callback: null };
}

function takesFirst({ elements: [only, ...others] }: ts.ArrayBindingPattern): boolean {
  return only !== undefined && others.length === 0 && !isOmittedExpression(only) && !only.dotDotDotToken;
}

function isLengthRead({ parent }: ts.Node): boolean {
  return isPropertyAccessExpression(parent) && parent.name.text === 'length';
}

/** `!rows.length`, `if (rows.length)`, `rows.length === 0`. */
function isEmptinessTest(holder: ts.Node): boolean {
  const length = wrapped(holder.parent);
  const { parent } = length;
  if (isBinaryExpression(parent)) return numericLiteral(parent.left === length ? parent.right : parent.left) === 0;
  return parent.kind === SyntaxKind.PrefixUnaryExpression || parent.kind === SyntaxKind.IfStatement;
}

/** In the same function and the same loops: a list that is searched for each of many other things is best read at once. */
function runsAsOften(context: SourceContext, step: ts.Node, request: ts.Node): boolean {
  return (
    context.functionOf(step) === context.functionOf(request) &&
    context.loopsAround(step).join() === context.loopsAround(request).join()
  );
}
