import { ts } from 'ts-morph';

/** What a `prisma.config.*` says about places; paths are relative to that file as written, null when not given or computed. */
export interface PrismaConfig {
  readonly schema: string | null;
  readonly migrations: string | null;
}

/** Reads a Prisma configuration as syntax, never running it: literals, templates without values and `path.join` are understood. */
export function readPrismaConfig(text: string): PrismaConfig {
  const file = ts.createSourceFile('prisma.config.ts', text, ts.ScriptTarget.Latest, false);
  const constants = topLevelConstants(file);
  const config = exportedObject(file, constants);
  const migrations = property(config, 'migrations', constants);
  return {
    schema: pathOf(property(config, 'schema', constants), constants),
    migrations: pathOf(property(migrations, 'path', constants), constants),
  };
}

type Constants = ReadonlyMap<string, ts.Expression>;

/** Names whose value is the configuration's own folder. */
const OWN_FOLDER = /^(?:__dirname|import\.meta\.(?:dirname|url)|process\.cwd\(\))$/;

function topLevelConstants(file: ts.SourceFile): Constants {
  const constants = new Map<string, ts.Expression>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer !== undefined) constants.set(name.text, initializer);
    }
  }
  return constants;
}

/** `export default X`, `module.exports = X` or `export = X`, with `defineConfig(…)` and type assertions taken off. */
function exportedObject(file: ts.SourceFile, constants: Constants): ts.Expression | null {
  for (const statement of file.statements) {
    if (ts.isExportAssignment(statement)) return plain(statement.expression, constants);
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
    const { left, right } = statement.expression;
    if (/^(?:module\.)?exports(?:\.default)?$/.test(left.getText(file))) return plain(right, constants);
  }
  return null;
}

function plain(expression: ts.Expression, constants: Constants): ts.Expression {
  if (
    ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression)
  ) {
    return plain(expression.expression, constants);
  }
  if (ts.isAwaitExpression(expression)) return plain(expression.expression, constants);
  if (ts.isIdentifier(expression)) {
    const value = constants.get(expression.text);
    return value === undefined ? expression : plain(value, withoutName(constants, expression.text));
  }
  const first = ts.isCallExpression(expression) ? expression.arguments[0] : undefined;
  return first !== undefined && calledName(expression) === 'defineConfig' ? plain(first, constants) : expression;
}

function withoutName(constants: Constants, name: string): Constants {
  return new Map([...constants].filter(([key]) => key !== name));
}

function property(object: ts.Expression | null, name: string, constants: Constants): ts.Expression | null {
  if (object === null || !ts.isObjectLiteralExpression(object)) return null;
  for (const member of object.properties) {
    if (member.name === undefined || (!ts.isIdentifier(member.name) && !ts.isStringLiteral(member.name))) continue;
    if (member.name.text !== name) continue;
    if (ts.isPropertyAssignment(member)) return plain(member.initializer, constants);
    if (ts.isShorthandPropertyAssignment(member)) return plain(member.name, constants);
  }
  return null;
}

function pathOf(value: ts.Expression | null, constants: Constants): string | null {
  if (value === null) return null;
  const expression = plain(value, constants);
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isTemplateExpression(expression)) return templatePath(expression, constants);
  if (ts.isCallExpression(expression)) return calledPath(expression, constants);
  if (ts.isNewExpression(expression)) return pathOf(expression.arguments?.[0] ?? null, constants);
  if (ts.isPropertyAccessExpression(expression)) return pathOf(expression.expression, constants);
  return null;
}

/** `path.join(a, b)`, `path.resolve(…)`, `fileURLToPath(new URL(…))`; a part naming the own folder adds nothing. */
function calledPath(call: ts.CallExpression, constants: Constants): string | null {
  const name = calledName(call);
  if (name === 'fileURLToPath' || name === 'normalize') return pathOf(call.arguments[0] ?? null, constants);
  if (name !== 'join' && name !== 'resolve') return null;
  const parts = call.arguments.map((argument) =>
    isOwnFolder(argument, constants) ? '.' : pathOf(argument, constants),
  );
  return parts.includes(null) || parts.length === 0 ? null : parts.join('/').replace(/^(?:\.\/)+(?=.)/, '');
}

function templatePath(template: ts.TemplateExpression, constants: Constants): string | null {
  let path = template.head.text;
  for (const { expression, literal } of template.templateSpans) {
    const part = isOwnFolder(expression, constants) ? '.' : pathOf(expression, constants);
    if (part === null) return null;
    path += part + literal.text;
  }
  return path;
}

function isOwnFolder(expression: ts.Expression, constants: Constants): boolean {
  const value = plain(expression, constants);
  if (ts.isCallExpression(value) && ['dirname', 'fileURLToPath'].includes(calledName(value) ?? '')) {
    const argument = value.arguments[0];
    return argument !== undefined && isOwnFolder(argument, constants);
  }
  return OWN_FOLDER.test(dottedText(value));
}

function calledName(call: ts.Expression): string | null {
  if (!ts.isCallExpression(call)) return null;
  const callee = call.expression;
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : null;
}

function dottedText(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isMetaProperty(expression)) return `import.${expression.name.text}`;
  if (ts.isPropertyAccessExpression(expression)) return `${dottedText(expression.expression)}.${expression.name.text}`;
  if (ts.isCallExpression(expression)) return `${dottedText(expression.expression)}()`;
  return '';
}
