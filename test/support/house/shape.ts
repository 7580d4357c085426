import { basename } from 'node:path';
import { ts } from 'ts-morph';
import type { Sources } from './sources.ts';

export const MOST_LINES = 400;

/** What a file must not be or hold, whatever its layer: too long, oddly named, a barrel, a default export, `any`. */
export function shapeViolations(sources: Sources): readonly string[] {
  return [...sources].flatMap(([path, text]) =>
    [...lengthViolation(text), ...nameViolation(path), ...syntaxViolations(path, text)].map(
      (what) => `${path}: ${what}`,
    ),
  );
}

function lengthViolation(text: string): readonly string[] {
  const lines = text.split('\n').length - 1;
  return lines > MOST_LINES ? [`${lines} lines, more than ${MOST_LINES}`] : [];
}

function nameViolation(path: string): readonly string[] {
  if (basename(path) === 'index.ts' && path !== 'server/src/rules/index.ts') return ['a barrel'];
  return /^[a-z][A-Za-z0-9]*(\.test|\.d)?\.tsx?$/.test(basename(path)) ? [] : ['the name is not in camelCase'];
}

function syntaxViolations(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isDefaultExport(node)) found.push('a default export');
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push("the type 'any'");
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isDefaultExport(node: ts.Node): boolean {
  return ts.isExportAssignment(node) || (node.kind === ts.SyntaxKind.DefaultKeyword && ts.isModifier(node));
}
