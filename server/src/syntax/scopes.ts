import type { ts } from 'ts-morph';
import {
  isClassDeclaration,
  isClassStaticBlockDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionLike,
  isModuleBlock,
  SyntaxKind,
} from './compiler.ts';
import type { Declaration } from './declarations.ts';
import { DECLARING_KINDS, declaredNames } from './declarations.ts';
import { accessOf, isValueUse } from './identifierRoles.ts';
import { isFunctionNode } from './nodeKinds.ts';
import type { SourceVisitor } from './walkSource.ts';
import { walkSource } from './walkSource.ts';

/** Which name means which declaration: lexical, hoisting included, values only (types are not looked at). */
export interface Scopes {
  /** In source order. */
  readonly declarations: readonly Declaration[];
  /** For a use or for the declaring identifier itself; null for a name declared nowhere in the file. */
  declarationOf(identifier: ts.Identifier): Declaration | null;
  /** Where the value is read, in source order; `x += 1` and `x++` are reads and writes both. */
  readsOf(declaration: Declaration): readonly ts.Identifier[];
  /** Where the name gets another value after its declaration, in source order. */
  writesOf(declaration: Declaration): readonly ts.Identifier[];
  /** Reads and writes together, in source order. */
  referencesTo(declaration: Declaration): readonly ts.Identifier[];
}

/** Walks the file by itself; {@link startScopes} joins a walk that is made anyway. */
export function buildScopes(sourceFile: ts.SourceFile): Scopes {
  const pending = startScopes();
  walkSource(sourceFile, [pending.visitor], pending.onIdentifier);
  return pending.finish();
}

/** Scopes in the making: names are bound in `finish`, when all declarations are known. */
export interface PendingScopes {
  readonly visitor: SourceVisitor;
  onIdentifier(identifier: ts.Identifier): void;
  finish(): Scopes;
}

export function startScopes(): PendingScopes {
  const declarations: Declaration[] = [];
  const uses: { readonly identifier: ts.Identifier; readonly scope: Scope }[] = [];
  let scope: Scope = { node: null, parent: null, holdsVar: true, names: new Map() };

  const visitor: SourceVisitor = {
    kinds: [...SCOPE_KINDS, ...DECLARING_KINDS],
    enter(node) {
      const outer = scope;
      if (opensScope(node)) scope = { node, parent: scope, holdsVar: holdsVar(node), names: null };
      for (const declaration of declaredNames(node)) {
        if (declare(homeOf(declaration, outer, scope), declaration)) declarations.push(declaration);
      }
    },
    leave(node) {
      if (scope.node === node && scope.parent !== null) scope = scope.parent;
    },
  };
  const onIdentifier = (identifier: ts.Identifier): void => {
    if (isValueUse(identifier)) uses.push({ identifier, scope });
  };
  return { visitor, onIdentifier, finish: () => bindUses(declarations, uses) };
}

const SCOPE_KINDS: readonly ts.SyntaxKind[] = [
  SyntaxKind.Block,
  SyntaxKind.ForStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.CaseBlock,
  SyntaxKind.CatchClause,
  SyntaxKind.ModuleBlock,
  SyntaxKind.ArrowFunction,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.ClassStaticBlockDeclaration,
];

interface Scope {
  readonly node: ts.Node | null;
  readonly parent: Scope | null;
  readonly holdsVar: boolean;
  names: Map<ts.__String, Declaration> | null;
}

function opensScope(node: ts.Node): boolean {
  switch (node.kind) {
    case SyntaxKind.Block:
      return !isFunctionNode(node.parent);
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.ClassExpression:
      return true;
    default:
      return SCOPE_KINDS.includes(node.kind);
  }
}

function holdsVar(node: ts.Node): boolean {
  return isFunctionLike(node) || isModuleBlock(node) || isClassStaticBlockDeclaration(node);
}

function homeOf(declaration: Declaration, outer: Scope, inner: Scope): Scope {
  if (declaration.kind === 'function' || declaration.kind === 'class') {
    return isFunctionDeclaration(declaration.node) || isClassDeclaration(declaration.node) ? outer : inner;
  }
  if (declaration.kind !== 'var') return inner;
  let home = inner;
  while (!home.holdsVar && home.parent !== null) home = home.parent;
  return home;
}

/** False when an earlier declaration of the same name stays the one that counts. */
function declare(scope: Scope, declaration: Declaration): boolean {
  scope.names ??= new Map();
  const earlier = scope.names.get(declaration.identifier.escapedText);
  if (earlier !== undefined && !isPlaceholder(earlier)) return false;
  scope.names.set(declaration.identifier.escapedText, declaration);
  return true;
}

function isPlaceholder(declaration: Declaration): boolean {
  if (declaration.kind === 'namespace') return true;
  return (
    isFunctionExpression(declaration.node) || (declaration.kind === 'function' && !isFunctionNode(declaration.node))
  );
}

function bindUses(
  declarations: readonly Declaration[],
  uses: readonly { readonly identifier: ts.Identifier; readonly scope: Scope }[],
): Scopes {
  const bound = new Map<ts.Identifier, Declaration>();
  const occurrences = new Map<Declaration, Occurrences>();
  for (const declaration of declarations) {
    bound.set(declaration.identifier, declaration);
    occurrences.set(declaration, { all: [], reads: [], writes: [] });
  }
  for (const { identifier, scope } of uses) {
    const declaration = lookUp(scope, identifier.escapedText);
    if (declaration === null) continue;
    bound.set(identifier, declaration);
    const found = occurrences.get(declaration);
    if (found !== undefined) record(found, identifier);
  }
  return {
    declarations,
    declarationOf: (identifier) => bound.get(identifier) ?? null,
    readsOf: (declaration) => occurrences.get(declaration)?.reads ?? [],
    writesOf: (declaration) => occurrences.get(declaration)?.writes ?? [],
    referencesTo: (declaration) => occurrences.get(declaration)?.all ?? [],
  };
}

interface Occurrences {
  readonly all: ts.Identifier[];
  readonly reads: ts.Identifier[];
  readonly writes: ts.Identifier[];
}

function lookUp(scope: Scope, name: ts.__String): Declaration | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const declaration = at.names?.get(name);
    if (declaration !== undefined) return declaration;
  }
  return null;
}

function record(found: Occurrences, identifier: ts.Identifier): void {
  const access = accessOf(identifier);
  found.all.push(identifier);
  if (access !== 'write') found.reads.push(identifier);
  if (access !== 'read') found.writes.push(identifier);
}
