import type { ts } from 'ts-morph';
import { isForOfStatement, isParameter, isSourceFile, SyntaxKind } from './compiler.ts';
import type { CallNode, FunctionNode, LoopStatement } from './nodeKinds.ts';
import {
  CALL_KINDS,
  FUNCTION_KINDS,
  isAssignmentOperator,
  isCallNode,
  isFunctionNode,
  isLoopStatement,
  LOOP_KINDS,
} from './nodeKinds.ts';
import type { SourceVisitor } from './walkSource.ts';

/** The nodes facts are made of, listed in source order by the one walk, so that no extractor walks the file again. */
export interface SourceNodes {
  /** `functions[0]` is the source file. */
  readonly functions: readonly (ts.SourceFile | FunctionNode)[];
  readonly classes: readonly ts.ClassLikeDeclaration[];
  readonly calls: readonly CallNode[];
  /** Index of the innermost function of each call. */
  readonly callFunctions: readonly number[];
  readonly loops: readonly LoopStatement[];
  /** Per function: the awaited expressions and `for await` loops of its own body. */
  readonly awaits: readonly (readonly (ts.AwaitExpression | ts.ForOfStatement)[])[];
  /** Per function: its `return` statements. */
  readonly returns: readonly (readonly ts.ReturnStatement[])[];
  /** Assignments of every kind, `x = 1`, `x.y ??= 1`. */
  readonly assignments: readonly ts.BinaryExpression[];
  /** `a < b` and the like, except what ends a `for`. */
  readonly comparisons: readonly ts.BinaryExpression[];
  /** For calls, functions, classes and loop statements: the place in their list. */
  indexOf(node: ts.Node): number | null;
  /** Innermost function around a node, not counting the node itself; decorators belong to the function around the class. */
  functionOf(node: ts.Node): number;
}

/** Lists in the making, filled by a walk. */
export function startSourceNodes(): { readonly visitor: SourceVisitor; finish(): SourceNodes } {
  const lists = emptyLists();
  const indices = new Map<ts.Node, number>();
  const enclosing = [0];
  const current = (): number => enclosing.at(-1) ?? 0;

  const add = <T extends ts.Node>(list: T[], node: T): void => {
    indices.set(node, list.length);
    list.push(node);
  };
  const enterFunction = (node: ts.SourceFile | FunctionNode): void => {
    add(lists.functions, node);
    lists.awaits.push([]);
    lists.returns.push([]);
    enclosing.push(lists.functions.length - 1);
  };
  const enterCall = (node: CallNode): void => {
    add(lists.calls, node);
    lists.callFunctions.push(current());
  };
  const enterLoop = (node: LoopStatement): void => {
    add(lists.loops, node);
    if (isForOfStatement(node) && node.awaitModifier !== undefined) lists.awaits[current()]?.push(node);
  };
  const enter = (node: ts.Node): void => {
    switch (node.kind) {
      case SyntaxKind.AwaitExpression:
        lists.awaits[current()]?.push(node as ts.AwaitExpression);
        return;
      case SyntaxKind.ReturnStatement:
        lists.returns[current()]?.push(node as ts.ReturnStatement);
        return;
      case SyntaxKind.BinaryExpression: {
        const binary = node as ts.BinaryExpression;
        if (isAssignmentOperator(binary.operatorToken.kind)) lists.assignments.push(binary);
        else if (isComparison(binary)) lists.comparisons.push(binary);
        return;
      }
      case SyntaxKind.ClassDeclaration:
      case SyntaxKind.ClassExpression:
        add(lists.classes, node as ts.ClassLikeDeclaration);
        return;
      case SyntaxKind.Decorator:
        enclosing.push(functionAround(node, indices));
        return;
      default:
        if (isCallNode(node)) enterCall(node);
        else if (isLoopStatement(node)) enterLoop(node);
        else if (isFunctionNode(node) || isSourceFile(node)) enterFunction(node);
    }
  };
  const leave = (node: ts.Node): void => {
    if (node.kind === SyntaxKind.Decorator || lists.functions[current()] === node) enclosing.pop();
  };
  const visitor: SourceVisitor = { kinds: LISTED_KINDS, enter, leave };
  return {
    visitor,
    finish: () => ({
      ...lists,
      indexOf: (node) => indices.get(node) ?? null,
      functionOf: (node) => functionAround(node, indices),
    }),
  };
}

const LISTED_KINDS: readonly ts.SyntaxKind[] = [
  ...FUNCTION_KINDS,
  ...CALL_KINDS,
  ...LOOP_KINDS,
  SyntaxKind.SourceFile,
  SyntaxKind.AwaitExpression,
  SyntaxKind.ReturnStatement,
  SyntaxKind.BinaryExpression,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.Decorator,
];

type Lists = {
  -readonly [K in keyof Omit<SourceNodes, 'indexOf' | 'functionOf' | 'awaits' | 'returns'>]: SourceNodes[K][number][];
} & {
  readonly awaits: SourceNodes['awaits'][number][number][][];
  readonly returns: SourceNodes['returns'][number][number][][];
};

function emptyLists(): Lists {
  return {
    functions: [],
    classes: [],
    calls: [],
    callFunctions: [],
    loops: [],
    awaits: [],
    returns: [],
    assignments: [],
    comparisons: [],
  };
}

function isComparison({ operatorToken, parent }: ts.BinaryExpression): boolean {
  switch (operatorToken.kind) {
    case SyntaxKind.LessThanToken:
    case SyntaxKind.LessThanEqualsToken:
    case SyntaxKind.GreaterThanToken:
    case SyntaxKind.GreaterThanEqualsToken:
      return parent.kind !== SyntaxKind.ForStatement;
    default:
      return false;
  }
}

function functionAround(node: ts.Node, indices: ReadonlyMap<ts.Node, number>): number {
  let inner = node;
  for (let at = node.parent; at !== undefined; inner = at, at = at.parent) {
    if (inner.kind === SyntaxKind.Decorator) {
      const owner = isParameter(at) ? at.parent : at;
      if (isFunctionNode(owner)) return functionAround(owner, indices);
    }
    if (isFunctionNode(at)) return indices.get(at) ?? 0;
  }
  return 0;
}
