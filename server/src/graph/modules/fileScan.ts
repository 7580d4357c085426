import { type ScannedImport, scanImports } from './importScan.ts';
import { type PrismaSigns, signsOfPrisma } from './prefilter.ts';
import { mayListKeys } from './redisCommands.ts';
import { guardsOthers, providesClient } from './surroundings.ts';

/** What a source file's text tells without being parsed; depends on path and text alone. */
export interface FileScan {
  readonly imports: readonly ScannedImport[];
  /** `'use client'`: its code runs in browsers. */
  readonly clientSide: boolean;
  readonly signs: PrismaSigns;
  /** Parsed though it may hold no query: it guards others, provides a client, asks Redis for its keys, or holds an ignore comment. */
  readonly speaks: boolean;
}

export function scanFile(path: string, text: string): FileScan {
  return {
    imports: scanImports(text),
    clientSide: isClientSide(text),
    signs: signsOfPrisma(text),
    speaks: guardsOthers(path, text) || providesClient(text) || mayListKeys(text) || holdsIgnoreComment(text),
  };
}

/** A comment outlives the query it was written for, and that is worth saying. */
function holdsIgnoreComment(text: string): boolean {
  return text.includes('querylens-ignore-');
}

/** One expression over comments and directive would try every way to end a comment. */
function isClientSide(text: string): boolean {
  const at = text.search(/['"]use client['"]/);
  return (
    at >= 0 &&
    text
      .slice(0, at)
      .replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '')
      .trim() === ''
  );
}
