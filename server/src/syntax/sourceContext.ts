import type { ts } from 'ts-morph';
import type { Span } from '#shared/location.ts';
import type { Bindings } from './bindings.ts';
import { startBindings } from './bindings.ts';
import { isClassLike, isSourceFile } from './compiler.ts';
import { startSpeaking } from './evidence/speakingNodes.ts';
import type { Imports } from './importFacts.ts';
import { collectImports } from './importFacts.ts';
import { isCallNode, isFunctionNode, isLoopStatement, runsPerTurn } from './nodeKinds.ts';
import { startReferences } from './references.ts';
import type { Scopes } from './scopes.ts';
import { startScopes } from './scopes.ts';
import type { SourceNodes } from './sourceNodes.ts';
import { startSourceNodes } from './sourceNodes.ts';
import { startValues } from './valueExtraction.ts';
import type { Reference, Value } from './values.ts';
import { walkSource } from './walkSource.ts';

/** What every extractor of one file is handed; all indices are those of the resulting {@link FileFacts}. */
export interface SourceContext {
  readonly path: string;
  readonly text: string;
  readonly sourceFile: ts.SourceFile;
  readonly scopes: Scopes;
  /** Functions, classes, calls, loop statements and more, in source order: take these lists instead of walking. */
  readonly nodes: SourceNodes;
  /** Nodes whose words may be a sign of caching or of identity, in source order. */
  readonly speaking: readonly ts.Node[];
  readonly bindings: Bindings;
  readonly imports: Imports;
  /** Innermost function around a node; for a function node itself the one around it. */
  functionOf(node: ts.Node): number;
  /** The FunctionFact of a function node, null for signatures without a body. */
  functionIndexOf(node: ts.Node): number | null;
  /** The CallFact of a call, `new`, tagged template or JSX component; null for everything else, `<div>` included. */
  callIndexOf(node: ts.Node): number | null;
  classIndexOf(node: ts.Node): number | null;
  /** The LoopFact of a loop statement: `loops` begins with these, callback loops follow. */
  loopIndexOf(node: ts.Node): number | null;
  /** Loop statements that repeat a node inside its own function, outermost first. */
  loopsAround(node: ts.Node): readonly number[];
  referenceOf(expression: ts.Expression): Reference;
  valueOf(expression: ts.Expression): Value;
  /** Like `valueOf`, with long texts uncut: where they may be SQL. */
  longValueOf(expression: ts.Expression): Value;
  /** The template of a tagged call. */
  templateOf(template: ts.TemplateLiteral): Value;
  /** Attributes and children of a JSX element as one object. */
  propsOf(element: ts.JsxElement | ts.JsxSelfClosingElement): Value;
  /** Without leading white space and comments. */
  spanOf(node: ts.Node): Span;
}

/** Null when the file is nested too deeply to be understood. */
export function readSource(path: string, text: string, sourceFile: ts.SourceFile): SourceContext | null {
  const pendingScopes = startScopes();
  const pendingNodes = startSourceNodes();
  const { visitor, speaking } = startSpeaking(text);
  const visitors = [pendingScopes.visitor, pendingNodes.visitor, visitor];
  if (!walkSource(sourceFile, visitors, pendingScopes.onIdentifier)) return null;
  const scopes = pendingScopes.finish();
  const nodes = pendingNodes.finish();
  const spanOf = (node: ts.Node): Span => ({ start: startOf(node, sourceFile), end: node.end });
  const imports = collectImports(sourceFile, scopes, nodes);
  const bindings = startBindings(scopes);
  const referenceOf = startReferences({ scopes, nodes, bindings, imports });
  const indexIf = (belongs: (node: ts.Node) => boolean) => (node: ts.Node) =>
    belongs(node) ? nodes.indexOf(node) : null;
  return {
    path,
    text,
    sourceFile,
    scopes,
    nodes,
    speaking,
    bindings,
    imports,
    functionOf: nodes.functionOf,
    functionIndexOf: indexIf((node) => isFunctionNode(node) || isSourceFile(node)),
    callIndexOf: indexIf(isCallNode),
    classIndexOf: indexIf(isClassLike),
    loopIndexOf: indexIf(isLoopStatement),
    loopsAround: (node) => loopsAround(node, nodes),
    referenceOf,
    ...startValues({ nodes, referenceOf, spanOf }),
    spanOf,
  };
}

/** Most nodes begin where the one before ends, or a space later; everything else is left to the compiler. */
function startOf(node: ts.Node, sourceFile: ts.SourceFile): number {
  const { pos } = node;
  const { text } = sourceFile;
  if (beginsName(text.charCodeAt(pos))) return pos;
  return text.charCodeAt(pos) === SPACE && beginsName(text.charCodeAt(pos + 1)) && node.end > pos
    ? pos + 1
    : node.getStart(sourceFile);
}

const SPACE = 32;

/** Letters and opening brackets, which no white space, comment or conflict marker begins with. */
function beginsName(code: number): boolean {
  return code > 62 && code < 124;
}

function loopsAround(node: ts.Node, nodes: SourceNodes): readonly number[] {
  const found: number[] = [];
  let inner = node;
  for (let at = node.parent; at !== undefined && !isFunctionNode(at); inner = at, at = at.parent) {
    if (!isLoopStatement(at) || !runsPerTurn(at, inner)) continue;
    const index = nodes.indexOf(at);
    if (index !== null) found.unshift(index);
  }
  return found;
}
