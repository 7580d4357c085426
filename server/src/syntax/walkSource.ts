import type { ts } from 'ts-morph';
import { forEachChild, SyntaxKind } from './compiler.ts';

/** Sees the nodes of the kinds it names, in source order; types, interfaces and the insides of imports are passed over. */
export interface SourceVisitor {
  readonly kinds: readonly ts.SyntaxKind[];
  enter(node: ts.Node): void;
  /** Not called for tokens: what they hold is their text. */
  leave(node: ts.Node): void;
}

/** Deeper nesting comes from generated or hostile text, and recursion over it would end the process' stack. */
const MAX_DEPTH = 800;

/** Walks once for all visitors; false when the file is nested too deeply to be understood whole. */
export function walkSource(
  sourceFile: ts.SourceFile,
  visitors: readonly SourceVisitor[],
  onIdentifier: (node: ts.Identifier) => void,
): boolean {
  const wanted = wantedKinds(visitors);
  let depth = 0;
  let complete = true;
  const visit = (node: ts.Node): void => {
    const { kind } = node;
    if (kind === SyntaxKind.Identifier) onIdentifier(node as ts.Identifier);
    const seenBy = wanted[kind];
    if (kind < SyntaxKind.FirstNode) {
      if (seenBy !== undefined) for (const visitor of seenBy) visitor.enter(node);
      return;
    }
    if (isTypeOnly(node, kind)) return;
    if (depth >= MAX_DEPTH) {
      complete = false;
      return;
    }
    depth++;
    if (seenBy !== undefined) for (const visitor of seenBy) visitor.enter(node);
    if (kind !== SyntaxKind.ImportDeclaration) forEachChild(node, visit);
    if (seenBy !== undefined) for (const visitor of seenBy) visitor.leave(node);
    depth--;
  };
  visit(sourceFile);
  return complete;
}

function wantedKinds(visitors: readonly SourceVisitor[]): readonly (readonly SourceVisitor[] | undefined)[] {
  const wanted: SourceVisitor[][] = [];
  for (const visitor of visitors) {
    for (const kind of visitor.kinds) wanted[kind] = [...(wanted[kind] ?? []), visitor];
  }
  return Array.from(wanted);
}

/** Whether a node only speaks to the type checker. */
function isTypeOnly(node: ts.Node, kind: ts.SyntaxKind): boolean {
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
