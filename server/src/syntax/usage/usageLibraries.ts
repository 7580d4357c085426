import type { ts } from 'ts-morph';
import {
  findAncestor,
  isArrayLiteralExpression,
  isIdentifier,
  isImportDeclaration,
  isPropertyAccessExpression,
  isStringLiteralLike,
} from '../compiler.ts';
import { isFunctionLiteral } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { literalText } from '../nodeNames.ts';
import { handTo } from './usageMethods.ts';
import { ANY_KEY, ELEMENT, element, type Part, property, reordered, wrap } from './usageParts.ts';
import type { Trace } from './usageTrace.ts';

/** `_.keyBy(rows, 'id')`, `sortBy(rows, (row) => row.at)`: list functions of lodash and its kin, by name and origin. */
export function passToLibrary(trace: Trace, call: ts.CallExpression, node: ts.Expression, part: Part): boolean {
  const name = libraryFunction(trace, call.expression);
  const inner = element(part);
  if (name === null || call.arguments[0] !== node || inner === null) return false;
  const result = resultOf(name, inner, part);
  if (result === undefined) return pickFields(trace, call, name, part);
  for (const each of call.arguments.slice(1)) lookBy(trace, call, each, inner);
  if (result !== null) trace.follow(call, result);
  else if (call.arguments.length === 1) trace.read(node, inner);
  return true;
}

/** Where the elements are in what the function gives; null when they are gone, undefined for an unknown function. */
function resultOf(name: string, inner: Part, part: Part): Part | null | undefined {
  switch (name) {
    case 'keyBy':
    case 'indexBy':
    case 'objectify':
      return wrap(inner, ANY_KEY);
    case 'groupBy':
    case 'group':
      return wrap(wrap(inner, ELEMENT), ANY_KEY);
    case 'chunk':
    case 'partition':
    case 'cluster':
    case 'fork':
      return wrap(wrap(inner, ELEMENT), ELEMENT);
    case 'sumBy':
    case 'meanBy':
    case 'countBy':
    case 'sum':
      return null;
    case 'first':
    case 'head':
    case 'last':
    case 'maxBy':
    case 'minBy':
    case 'sample':
      return inner;
    case 'flatten':
      return inner;
    default:
      return SAME_LIST.test(name) ? reordered(part) : undefined;
  }
}

const SAME_LIST =
  /^(sortBy|sort|orderBy|uniqBy|uniq|unique|uniqueBy|compact|shuffle|reverse|take|drop|takeRight|dropRight|slice|reject|sift|alphabetical|differenceBy|intersectionBy|without|tail|initial|castArray)$/;

/** The callback or field name by which elements are grouped, sorted or told apart. */
function lookBy(trace: Trace, call: ts.CallExpression, by: ts.Expression, inner: Part): void {
  const what = unwrap(by);
  if (isStringLiteralLike(what)) {
    readField(trace, what, inner, what.text);
    return;
  }
  if (isArrayLiteralExpression(what)) for (const each of what.elements) lookBy(trace, call, each, inner);
  else if (isFunctionLiteral(what)) handTo(trace, what, 0, inner, call);
  else if (isIdentifier(what) || isPropertyAccessExpression(what)) handTo(trace, what, 0, inner, call);
}

function readField(trace: Trace, node: ts.Node, inner: Part, name: string): void {
  if (/^(asc|desc)$/.test(name)) return;
  const part = name.split('.').reduce<Part | null>((at, step) => at && property(at, step), inner);
  if (part) trace.read(node, part);
}

/** `pick(user, ['id', 'name'])` reads what it names. */
function pickFields(trace: Trace, call: ts.CallExpression, name: string, part: Part): boolean {
  if (name !== 'pick' || part.at.length > 0) return false;
  const keys = call.arguments.slice(1).flatMap((each) => {
    const inner = unwrap(each);
    return isArrayLiteralExpression(inner) ? [...inner.elements] : [inner];
  });
  const names = keys.map(literalText).filter((each) => each !== null);
  if (names.length !== keys.length) return false;
  for (const key of names) trace.read(call, { path: [...part.path, key], at: [] });
  return true;
}

const LIBRARY = /^(lodash|es-toolkit|radash|remeda|underscore|just-|@?ramda)/;

/** `keyBy` for `_.keyBy`, `lodash.keyBy` and an import of it from such a library. */
function libraryFunction(trace: Trace, callee: ts.Expression): string | null {
  const inner = unwrap(callee);
  const root = isPropertyAccessExpression(inner) ? unwrap(inner.expression) : inner;
  if (!isIdentifier(root)) return null;
  const declaration = trace.context.scopes.declarationOf(root);
  if (declaration?.kind !== 'import') return null;
  const statement = findAncestor(declaration.node, isImportDeclaration);
  const specifier = literalText(statement?.moduleSpecifier) ?? '';
  if (!LIBRARY.test(specifier)) return null;
  if (isPropertyAccessExpression(inner)) return inner.name.text;
  return /^lodash[./]/.test(specifier) && specifier.split(/[./]/).length > 1
    ? (specifier.split(/[./]/).at(-1) ?? null)
    : declaration.name;
}
