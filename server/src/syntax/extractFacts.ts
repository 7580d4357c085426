import { hash } from 'node:crypto';
import type { ts } from 'ts-morph';
import { callFacts } from './callFacts.ts';
import { classFacts } from './classFacts.ts';
import { comparisonFacts } from './comparisonFacts.ts';
import { isImportDeclaration } from './compiler.ts';
import { extractEntryPoints } from './entryPoints.ts';
import { extractEvidence } from './evidence/evidence.ts';
import { exportFacts } from './exportFacts.ts';
import type { FileFacts } from './facts.ts';
import { directivesOf, functionFacts, moduleFact } from './functionFacts.ts';
import { extractIgnores } from './ignores.ts';
import { extractLoops } from './loops/loops.ts';
import { extractNarrowings } from './narrowings.ts';
import { parseSource } from './parseSource.ts';
import { readSource } from './sourceContext.ts';
import { extractTurns } from './turns/turns.ts';
import { variableFacts } from './variableFacts.ts';
import { extractWaits } from './waits/waits.ts';

/** Reads one TypeScript or JavaScript file; text that does not parse gives what the parser could recover, and never throws. */
export function extractFacts(path: string, text: string): FileFacts {
  if (isMinified(text)) return factsOfUnreadable(path, text);
  const sourceFile = parseSource(path, text);
  return sourceFile === null ? factsOfUnreadable(path, text) : factsOfSource(path, text, sourceFile);
}

/** The second half of {@link extractFacts}, apart so that parsing and extraction can be measured apart. */
export function factsOfSource(path: string, text: string, sourceFile: ts.SourceFile): FileFacts {
  const context = readSource(path, text, sourceFile);
  if (context === null) return factsOfUnreadable(path, text);
  const exports = exportFacts(context);
  const calls = callFacts(context);
  const loops = extractLoops(context);
  return {
    ...identityOf(path, text),
    lineStarts: sourceFile.getLineStarts(),
    importsEnd: sourceFile.statements.findLast((each) => isImportDeclaration(each))?.end ?? null,
    directives: directivesOf(sourceFile.statements),
    imports: context.imports.facts,
    exports: exports.facts,
    functions: functionFacts(context),
    classes: classFacts(context),
    variables: [...variableFacts(context), ...exports.variables],
    calls,
    loops,
    turns: extractTurns(context, calls, loops),
    waits: extractWaits(context),
    comparisons: comparisonFacts(context),
    narrowings: extractNarrowings(context),
    entryPoints: extractEntryPoints(context),
    evidence: extractEvidence(context),
    ignores: extractIgnores(text),
  };
}

function identityOf(path: string, text: string): Pick<FileFacts, 'path' | 'hash' | 'layout'> {
  return { path, hash: hash('sha1', text, 'base64url'), layout: layoutOf(text) };
}

function layoutOf(text: string): FileFacts['layout'] {
  const firstBreak = text.indexOf('\n');
  const lineBreak = text[firstBreak - 1] === '\r' ? '\r\n' : '\n';
  const indent = text.includes('\n\t') ? '\t' : ' ';
  const step = indent === '\t' ? 1 : (/\n( {2,8})[^\s*]/.exec(text)?.[1]?.length ?? 2);
  return { lineBreak, indent, step, semicolons: text.includes(`;${lineBreak}`) };
}

/** Large text in few lines: a bundle, or data; nobody would read a finding in it. */
function isMinified(text: string): boolean {
  if (text.length < 50_000) return false;
  const enough = text.length / 400;
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && lines < enough; at = text.indexOf('\n', at + 1)) lines++;
  return lines < enough;
}

/** A module without anything in it, for text nested beyond understanding and for bundles. */
function factsOfUnreadable(path: string, text: string): FileFacts {
  return {
    ...identityOf(path, text),
    lineStarts: [0, ...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g).map((match) => match.index + match[0].length)],
    importsEnd: null,
    directives: [],
    imports: [],
    exports: [],
    functions: [moduleFact({ text, sourceFile: null })],
    classes: [],
    variables: [],
    calls: [],
    loops: [],
    turns: [],
    waits: [],
    comparisons: [],
    narrowings: [],
    entryPoints: [],
    evidence: [],
    ignores: extractIgnores(text),
  };
}
