import type { ts } from 'ts-morph';
import { parseSource } from './parseSource.ts';

/** How many places the parser could not read; a text nested too deeply has infinitely many. For checking that an edit keeps a file whole. */
export function countSyntaxErrors(path: string, text: string): number {
  const parsed: (ts.SourceFile & { readonly parseDiagnostics?: readonly unknown[] }) | null = parseSource(path, text);
  return parsed === null ? Number.POSITIVE_INFINITY : (parsed.parseDiagnostics?.length ?? 0);
}
