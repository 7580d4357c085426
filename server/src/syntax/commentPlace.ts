import type { ts } from 'ts-morph';
import { forEachChild, SyntaxKind } from './compiler.ts';
import { parseSource } from './parseSource.ts';

/** How a comment must be written at an offset: as code, as an expression among the children of a JSX element, or not at all. */
export type CommentPlace = 'code' | 'jsx' | 'none';

/** Asks the text of a TypeScript file whether a comment line may be put in at an offset; inside a template it would become part of the string. */
export function commentPlaceAt(path: string, text: string, offset: number): CommentPlace {
  const source = parseSource(path, text);
  const token = source && tokenAround(source, offset);
  if (!token) return 'code';
  if (AMONG_CHILDREN.has(token.kind)) return 'jsx';
  return IN_ONE_PIECE.has(token.kind) ? 'none' : 'code';
}

const AMONG_CHILDREN: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.JsxText,
  SyntaxKind.JsxElement,
  SyntaxKind.JsxFragment,
]);

const IN_ONE_PIECE: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
  SyntaxKind.StringLiteral,
]);

/** The innermost node whose own text, without what comes before it, lies around the offset; an edge between two nodes belongs to neither. */
function tokenAround(source: ts.SourceFile, offset: number): ts.Node | null {
  let found: ts.Node | null = null;
  const visit = (node: ts.Node): void => {
    const start = node.kind === SyntaxKind.JsxText ? node.pos : node.getStart(source);
    if (offset <= start || offset >= node.end) return;
    found = node;
    forEachChild(node, visit);
  };
  forEachChild(source, visit);
  return found;
}
