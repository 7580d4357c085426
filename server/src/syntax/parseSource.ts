import { ts } from 'ts-morph';
import { forEachChild, SyntaxKind } from './compiler.ts';

/** Parses any text as the language its file name says; null only when it is nested beyond what the parser's stack holds. */
export function parseSource(path: string, text: string): ts.SourceFile | null {
  try {
    return withParents(ts.createSourceFile(path, text, PARSE_OPTIONS, false, scriptKindOf(path)));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const PARSE_OPTIONS: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

/** The compiler would do it in twice the time. */
function withParents(sourceFile: ts.SourceFile): ts.SourceFile {
  let parent: ts.Node = sourceFile;
  const visit = (node: ts.Node): void => {
    (node as { parent: ts.Node }).parent = parent;
    if (node.kind < SyntaxKind.FirstNode) return;
    const outer = parent;
    parent = node;
    forEachChild(node, visit);
    parent = outer;
  };
  forEachChild(sourceFile, visit);
  return sourceFile;
}

function scriptKindOf(path: string): ts.ScriptKind {
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  if (/\.[cm]?ts$/.test(path)) return ts.ScriptKind.TS;
  return ts.ScriptKind.JSX;
}
