import type { ts } from 'ts-morph';
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isDefaultClause,
  isExpressionStatement,
  isFunctionDeclaration,
  isIfStatement,
  isReturnStatement,
  isSwitchStatement,
} from '../compiler.ts';
import { isFunctionLiteral } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { lastNameOf, literalText } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';
import { staticRevalidate } from './moduleSettings.ts';
import { peelWrappers } from './peelWrappers.ts';
import { nextPagesRoute } from './routePaths.ts';

const API_FILE = /(?:^|\/)pages\/api\/.*\.[cm]?[jt]sx?$/;
const PAGE_FILE = /(?:^|\/)pages\/.*\.[cm]?[jt]sx?$/;

/** API routes and data functions of Next's `pages` folder. */
export function* nextPagesEntries(context: EntryContext): Generator<Draft> {
  if (API_FILE.test(context.path)) yield* apiHandlers(context);
  else if (PAGE_FILE.test(context.path)) yield* dataFunctions(context);
}

function* apiHandlers(context: EntryContext): Generator<Draft> {
  const exported = context.names.exports.get('default');
  if (!exported) return;
  const { handler, wrappers } = peelWrappers(context.names, exported.definition);
  const base = { framework: 'next-pages', kind: 'route', route: nextPagesRoute(context.path), wrappers } as const;
  const dispatched = methodBranches(handler);
  for (const { method, handler: branch } of dispatched) yield { ...base, method, handler: branch, at: branch };
  if (dispatched.length === 0) yield { ...base, method: onlyMethod(handler), handler, at: exported.at };
}

interface MethodBranch {
  readonly method: string;
  readonly handler: ts.Expression;
}

/** `switch (req.method) { case 'GET': return list(req, res) }`, or the same with `if`: each branch that only hands on. */
function methodBranches(handler: ts.Node): readonly MethodBranch[] {
  const body = bodyOf(handler);
  if (!body) return [];
  const found = body.statements.flatMap((statement) => {
    if (isSwitchStatement(statement) && isMethod(statement.expression))
      return statement.caseBlock.clauses.flatMap(clauseBranch);
    if (isIfStatement(statement)) return ifBranches(statement);
    return [];
  });
  return found.some((branch) => branch === null) ? [] : found.filter((branch) => branch !== null);
}

function clauseBranch(clause: ts.CaseOrDefaultClause): readonly (MethodBranch | null)[] {
  if (isDefaultClause(clause) || clause.statements.length === 0) return [];
  return [branchTo(literalText(clause.expression), clause.statements)];
}

function ifBranches(statement: ts.IfStatement): readonly (MethodBranch | null)[] {
  const method = equalMethod(statement.expression);
  if (method === null) return [];
  const then = statement.thenStatement;
  const rest = statement.elseStatement;
  return [
    branchTo(method, isBlock(then) ? then.statements : [then]),
    ...(rest && isIfStatement(rest) ? ifBranches(rest) : []),
  ];
}

/** Null where the branch does its work in place. */
function branchTo(method: string | null, statements: readonly ts.Statement[]): MethodBranch | null {
  const [first] = statements.flatMap((statement) => (isBlock(statement) ? [...statement.statements] : [statement]));
  const expression = first && (isReturnStatement(first) || isExpressionStatement(first)) ? first.expression : undefined;
  const call = expression && unwrap(expression);
  if (method === null || !call || !isCallExpression(call)) return null;
  return call.arguments.some((argument) => /^(?:req|request)$/.test(lastNameOf(argument)))
    ? { method: method.toUpperCase(), handler: call.expression }
    : null;
}

/** The one method a handler lets through: `if (req.method !== 'GET') return …` at its start. */
function onlyMethod(handler: ts.Node): string | null {
  for (const statement of bodyOf(handler)?.statements ?? []) {
    if (!isIfStatement(statement)) continue;
    const test = unwrap(statement.expression);
    if (isBinaryExpression(test) && /^!==?$/.test(test.operatorToken.getText()) && isMethod(test.left))
      return literalText(test.right)?.toUpperCase() ?? null;
  }
  return null;
}

function equalMethod(expression: ts.Expression): string | null {
  const test = unwrap(expression);
  if (!isBinaryExpression(test) || !/^===?$/.test(test.operatorToken.getText())) return null;
  return isMethod(test.left) ? literalText(test.right) : null;
}

function isMethod(node: ts.Expression): boolean {
  return lastNameOf(node) === 'method';
}

function bodyOf(handler: ts.Node): ts.Block | null {
  if (!isFunctionDeclaration(handler) && !isFunctionLiteral(handler)) return null;
  return handler.body && isBlock(handler.body) ? handler.body : null;
}

function* dataFunctions({ names, path }: EntryContext): Generator<Draft> {
  const route = nextPagesRoute(path);
  const props = names.exports.get('getServerSideProps') ?? names.exports.get('getInitialProps');
  if (props)
    yield { framework: 'next-pages', kind: 'page', method: 'GET', route, handler: props.definition, at: props.at };
  const fixed = names.exports.get('getStaticProps');
  if (fixed) {
    const settings = { revalidate: staticRevalidate(names, peelWrappers(names, fixed.definition).handler) };
    yield {
      framework: 'next-pages',
      kind: 'page',
      method: 'GET',
      route,
      handler: fixed.definition,
      settings,
      at: fixed.at,
    };
  }
  const paths = names.exports.get('getStaticPaths');
  if (paths)
    yield {
      framework: 'next-pages',
      kind: 'page',
      route,
      handler: paths.definition,
      settings: { buildTime: true },
      at: paths.at,
    };
}
