/** One import or re-export as its text shows it. */
export interface ScannedImport {
  readonly specifier: string;
  /** Names asked of the module, as exported there; null when it may be any: a namespace, `export *`, `require`, `import()`. */
  readonly names: readonly string[] | null;
}

const STATEMENT =
  /\bfrom\s*(?:"([^"\n]+)"|'([^'\n]+)')|\b(?:import|require)\s*\(\s*(?:"([^"\n]+)"|'([^'\n]+)'|`([^`\n$]+)`)/g;
const MAX_CLAUSE = 4000;

/** The modules a text asks for, without parsing it; type-only imports do not count, a stray `from '…'` in a string does no harm. */
export function scanImports(text: string): readonly ScannedImport[] {
  const found: ScannedImport[] = [];
  STATEMENT.lastIndex = 0;
  for (let match = STATEMENT.exec(text); match; match = STATEMENT.exec(text)) {
    const from = match[1] ?? match[2];
    if (from === undefined) found.push({ specifier: match[3] ?? match[4] ?? match[5] ?? '', names: null });
    else addStatement(found, from, clauseBefore(text, match.index));
  }
  return found;
}

function addStatement(found: ScannedImport[], specifier: string, clause: string | null): void {
  if (clause === null || /^type\b(?!\s*(?:,|$))/.test(clause)) return;
  const names = namesIn(clause);
  if (names === null || names.length > 0) found.push({ specifier, names });
}

/** What stands between `import` or `export` and `from`, null when it is no such statement. */
function clauseBefore(text: string, end: number): string | null {
  const before = text.slice(Math.max(0, end - MAX_CLAUSE), end);
  const imports = before.lastIndexOf('import');
  const start = Math.max(imports, before.indexOf('export', imports + 1) < 0 ? -1 : before.lastIndexOf('export'));
  if (start < 0) return null;
  const clause = before.slice(start + 6).trim();
  return /[;'"`()=]/.test(clause) ? null : clause;
}

function namesIn(clause: string): readonly string[] | null {
  if (clause.includes('*')) return null;
  const braces = /^([^{]*)(?:\{([\s\S]*)\})?\s*$/.exec(clause.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, ''));
  if (!braces) return null;
  const listed = (braces[2] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => name.split(/\s+as\s+/, 1)[0] ?? name);
  return /[\w$]/.test(braces[1] ?? '') ? ['default', ...listed] : listed;
}
