import { ts } from 'ts-morph';

/** Of the compiler's single file a module that exports the wanted names, made of the statements these need. */
export function keptStatements(compiler: string, wanted: readonly string[]): string {
  const text = insideOfWrapper(compiler);
  const file = ts.createSourceFile(
    'compiler.js',
    text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false,
    ts.ScriptKind.JS,
  );
  const exported = exportedNames(file);
  const named = wanted.flatMap((name) => {
    const local = exported.get(name);
    return local === undefined ? [] : [{ name, local }];
  });
  const kept = reachable(file.statements.map(partOf), [NODE_METHODS, ...named.map(({ local }) => local)]);
  const list = named.map(({ name, local }) => `${local} as ${name}`).join(', ');
  return `${kept.map(({ pos, end }) => text.slice(pos, end)).join('')}\nexport { ${list} };\n`;
}

const NODE_METHODS = 'setObjectAllocator';

function insideOfWrapper(compiler: string): string {
  const start = /^var ts = \{\}; \(\(module\) => \{$/m.exec(compiler);
  const end = compiler.lastIndexOf('\n})(');
  if (start === null || end < start.index)
    throw new Error('the compiler in ts-morph is wrapped in another way than before');
  return compiler.slice(start.index + start[0].length, end);
}

/** A statement at the top, as far as it matters whether it is needed. */
interface Part {
  readonly statement: ts.Statement;
  readonly declares: readonly string[];
  /** Adds to what these names stand for; needed as soon as one of them is. */
  readonly completes: string | null;
  readonly mentions: ReadonlySet<string>;
}

function partOf(statement: ts.Statement): Part {
  return {
    statement,
    declares: declaredIn(statement),
    completes: completedBy(statement),
    mentions: mentionedIn(statement),
  };
}

function reachable(parts: readonly Part[], roots: readonly string[]): readonly ts.Statement[] {
  const neededFor = new Map<string, Part[]>();
  for (const part of parts)
    for (const name of part.completes === null ? part.declares : [part.completes])
      neededFor.set(name, [...(neededFor.get(name) ?? []), part]);
  const kept = new Set<Part>();
  const names = new Set<string>();
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    for (const part of neededFor.get(name) ?? []) {
      if (kept.has(part)) continue;
      kept.add(part);
      queue.push(...part.mentions);
    }
  }
  return parts.filter((part) => kept.has(part)).map(({ statement }) => statement);
}

function declaredIn(statement: ts.Statement): readonly string[] {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name ? [statement.name.text] : [];
  return ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.flatMap(({ name }) => boundNames(name))
    : [];
}

function boundNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

/**
 * `Name.x = …`, `((Name2) => { … })(Name || (Name = {}))`, and the call that gives nodes their methods. Other calls only register parts
 * of the language service or name them for each other, and nothing of that runs here.
 */
function completedBy(statement: ts.Statement): string | null {
  if (!ts.isExpressionStatement(statement)) return null;
  const { expression } = statement;
  if (ts.isBinaryExpression(expression)) return firstName(expression.left);
  if (!ts.isCallExpression(expression)) return null;
  if (!ts.isIdentifier(expression.expression)) return firstName(expression.arguments[0]);
  return expression.expression.text === NODE_METHODS ? NODE_METHODS : null;
}

function firstName(node: ts.Node | undefined): string | null {
  if (node === undefined) return null;
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isBinaryExpression(node)) return firstName(node.left);
  return ts.isPropertyAccessExpression(node) ? firstName(node.expression) : null;
}

/** Names of local variables among them do no harm: they only keep more. */
function mentionedIn(statement: ts.Statement): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) visit(node.initializer);
    else ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

/** From the names the compiler exports to those it uses inside. */
function exportedNames(file: ts.SourceFile): ReadonlyMap<string, string> {
  for (const statement of file.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) continue;
    const [target, table] = statement.expression.arguments;
    if (firstName(target) !== 'typescript_exports' || table === undefined || !ts.isObjectLiteralExpression(table))
      continue;
    return new Map(table.properties.flatMap(exportedName));
  }
  throw new Error('the compiler in ts-morph exports in another way than before');
}

function exportedName(property: ts.ObjectLiteralElementLike): [name: string, local: string][] {
  if (
    !ts.isPropertyAssignment(property) ||
    !ts.isIdentifier(property.name) ||
    !ts.isArrowFunction(property.initializer)
  )
    return [];
  const local = firstName(property.initializer.body);
  return local === null ? [] : [[property.name.text, local]];
}
