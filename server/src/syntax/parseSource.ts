import { ts } from 'ts-morph';

/** Parses any text as the language its file name says; null only when it is nested beyond what the parser's stack holds. */
export function parseSource(path: string, text: string): ts.SourceFile | null {
  try {
    return ts.createSourceFile(path, text, PARSE_OPTIONS, true, scriptKindOf(path));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const PARSE_OPTIONS: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

function scriptKindOf(path: string): ts.ScriptKind {
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  if (/\.[cm]?ts$/.test(path)) return ts.ScriptKind.TS;
  return ts.ScriptKind.JSX;
}
