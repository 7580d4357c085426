import { ts } from 'ts-morph';

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
    if (node.kind < ts.SyntaxKind.FirstNode) {
      if (node.kind === ts.SyntaxKind.Identifier)
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
    if (node.kind !== ts.SyntaxKind.ImportDeclaration) ts.forEachChild(node, visit);
    for (const visitor of visitors) visitor.leave(node);
    depth--;
  };
  visit(sourceFile);
  return complete;
}

function isTypeOnly(node: ts.Node): boolean {
  const kind = node.kind;
  if (kind >= ts.SyntaxKind.FirstTypeNode && kind <= ts.SyntaxKind.LastTypeNode) return true;
  switch (kind) {
    case ts.SyntaxKind.InterfaceDeclaration:
    case ts.SyntaxKind.TypeAliasDeclaration:
    case ts.SyntaxKind.TypeParameter:
      return true;
    case ts.SyntaxKind.HeritageClause:
      return (node as ts.HeritageClause).token === ts.SyntaxKind.ImplementsKeyword;
    default:
      return false;
  }
}
