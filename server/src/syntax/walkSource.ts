import type { ts } from 'ts-morph';
import { forEachChild, SyntaxKind } from './compiler.ts';

/** Sees every node that runs, in source order; types, interfaces and the insides of imports are passed over. */
export interface SourceVisitor {
  enter(node: ts.Node): void;
  leave(node: ts.Node): void;
  identifier?(node: ts.Identifier): void;
}

/** Deeper nesting comes from generated or hostile text, and recursion over it would end the process' stack. */
const MAX_DEPTH = 800;

/** Walks once for all visitors; false when the file is nested too deeply to be understood whole. */
export function walkSource(sourceFile: ts.SourceFile, visitors: readonly SourceVisitor[]): boolean {
  let depth = 0;
  let complete = true;
  const visit = (node: ts.Node): void => {
    if (node.kind < SyntaxKind.FirstNode) {
      if (node.kind === SyntaxKind.Identifier)
        for (const visitor of visitors) visitor.identifier?.(node as ts.Identifier);
      return;
    }
    if (isTypeOnly(node)) return;
    if (depth >= MAX_DEPTH) {
      complete = false;
      return;
    }
    depth++;
    for (const visitor of visitors) visitor.enter(node);
    if (node.kind !== SyntaxKind.ImportDeclaration) forEachChild(node, visit);
    for (const visitor of visitors) visitor.leave(node);
    depth--;
  };
  visit(sourceFile);
  return complete;
}

function isTypeOnly(node: ts.Node): boolean {
  const kind = node.kind;
  if (kind >= SyntaxKind.FirstTypeNode && kind <= SyntaxKind.LastTypeNode) return true;
  switch (kind) {
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.TypeAliasDeclaration:
    case SyntaxKind.TypeParameter:
      return true;
    case SyntaxKind.HeritageClause:
      return (node as ts.HeritageClause).token === SyntaxKind.ImplementsKeyword;
    default:
      return false;
  }
}
