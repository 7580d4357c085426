import type { ts } from 'ts-morph';
import {
  isBinaryExpression,
  isCallExpression,
  isForStatement,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  SyntaxKind,
} from '../compiler.ts';
import { someWithin } from '../expressions.ts';
import { isAssignmentOperator, unwrap } from '../nodeKinds.ts';
import { lastNameOf } from '../nodeNames.ts';
import type { Scopes } from '../scopes.ts';
import { constantOf } from './loopSizes.ts';

/** Why a list is made of slices of a longer one, so that a turn stands for many elements; null when it is not seen to be. */
export function chunkedReason(scopes: Scopes, list: ts.Expression): string | null {
  const inner = unwrap(list);
  if (isCallExpression(inner)) return callReason(scopes, inner);
  if (!isIdentifier(inner)) return null;
  const initializer = constantOf(scopes, inner);
  if (initializer) return chunkedReason(scopes, initializer) ?? (isFilledWithSlices(scopes, inner) ? SLICES : null);
  return isFilledWithSlices(scopes, inner) ? SLICES : parameterReason(scopes, inner);
}

const SLICES = 'it goes over slices of a list';

/** `.entries()`, `.map(…)` and the like keep slices slices. */
function callReason(scopes: Scopes, call: ts.CallExpression): string | null {
  if (isChunkCall(call)) return `\`${lastNameOf(call.expression)}\` cuts the list into slices`;
  const callee = unwrap(call.expression);
  if (!isPropertyAccessExpression(callee) || !/^(entries|values|slice|reverse|filter)$/.test(callee.name.text))
    return null;
  return chunkedReason(scopes, callee.expression);
}

const CHUNK_NAME =
  /^(_?chunk(s|ed|ify)?|chunk_?(array|list|items|by|ids|into|of|every|data|rows|records)\w*|in_?(batches|chunks|groups)(_?of)?|split_?every|to_?chunks|to_?batches|batched?|array_?chunk|partition_?all|aperture)$/i;
const SPLIT_NAME =
  /(split|create|make|build|into|divide|generate|get|to|group|partition|slice)\w*(chunks|batches|slices)$|(chunk|batch)\w*(array|list|items|ids)$/i;
const TEXT_NAME = /text|doc|markdown|content|token|string|audio|html|sentence|page/i;
const SIZE_NAME = /size|limit|batch|chunk|max|per|count|length/i;

/** Called like a function that cuts a list, and given a size; one that cuts texts makes elements, not slices of a list. */
function isChunkCall(call: ts.CallExpression): boolean {
  const name = lastNameOf(call.expression);
  if (TEXT_NAME.test(name)) return false;
  if (CHUNK_NAME.test(name)) return call.arguments.length > 0;
  return SPLIT_NAME.test(name) && call.arguments.slice(1).some(isSize);
}

function isSize(argument: ts.Expression): boolean {
  const inner = unwrap(argument);
  return (
    isNumericLiteral(inner) || SIZE_NAME.test(isPropertyAccessExpression(inner) ? inner.name.text : inner.getText())
  );
}

/** `batches.push(xs.slice(i, i + SIZE))`. */
function isFilledWithSlices(scopes: Scopes, name: ts.Identifier): boolean {
  const declaration = scopes.declarationOf(name);
  if (!declaration) return false;
  return scopes.readsOf(declaration).some((read) => {
    const access = read.parent;
    if (!isPropertyAccessExpression(access) || access.name.text !== 'push' || !isCallExpression(access.parent))
      return false;
    return access.parent.arguments.some(isSlice);
  });
}

function isSlice(node: ts.Expression): boolean {
  const inner = unwrap(node);
  return (
    isCallExpression(inner) &&
    /^(slice|splice|subarray)$/.test(lastNameOf(inner.expression)) &&
    inner.arguments.length > 1
  );
}

/** A parameter called `chunks` or `idBatches` is taken at its word. */
function parameterReason(scopes: Scopes, name: ts.Identifier): string | null {
  if (scopes.declarationOf(name)?.kind !== 'param' || !/^(chunks|chunked\w+|\w+(Chunks|Batches))$/.test(name.text))
    return null;
  return TEXT_NAME.test(name.text) ? null : SLICES;
}

/** `for (let i = 0; i < n; i += SIZE)` and `while` loops that take `xs.slice(i, i + SIZE)` or `xs.splice(0, SIZE)` each turn. */
export function slicingReason(loop: ts.ForStatement | ts.WhileStatement | ts.DoStatement): string | null {
  const slices = someWithin(loop.statement, (node) => isCallExpression(node) && isSlice(node));
  if (!slices) return null;
  if (!isForStatement(loop)) return removesOrSteps(loop) ? SLICES : null;
  return loop.incrementor && isBigStep(loop.incrementor) ? SLICES : removesOrSteps(loop) ? SLICES : null;
}

function removesOrSteps(loop: ts.IterationStatement): boolean {
  return someWithin(
    loop.statement,
    (node) => isBigStep(node) || (isCallExpression(node) && lastNameOf(node.expression) === 'splice'),
  );
}

/** `i += SIZE`, `i = i + SIZE`, but not by one. */
function isBigStep(node: ts.Node): boolean {
  if (!isBinaryExpression(node) || !isAssignmentOperator(node.operatorToken.kind) || !isIdentifier(node.left))
    return false;
  if (node.operatorToken.kind === SyntaxKind.PlusEqualsToken) return node.right.getText() !== '1';
  const right = unwrap(node.right);
  if (!isBinaryExpression(right) || right.operatorToken.kind !== SyntaxKind.PlusToken) return false;
  return right.left.getText() === node.left.text && right.right.getText() !== '1';
}
