import type { ts } from 'ts-morph';
import { extractFacts } from '#syntax/extractFacts.ts';
import type { FileFacts } from '#syntax/facts.ts';
import { parseSource } from '#syntax/parseSource.ts';
import type { SourceContext } from '#syntax/sourceContext.ts';
import { readSource } from '#syntax/sourceContext.ts';
import type { Property, Reference, Root, Value } from '#syntax/values.ts';

/** A snippet whose expression between `«` and `»` is looked at. */
export interface MarkedSource {
  readonly text: string;
  readonly context: SourceContext;
  readonly facts: FileFacts;
  readonly node: ts.Expression;
}

export function markedSource(marked: string, path = 'file.tsx'): MarkedSource {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace(/[«»]/g, '');
  const context = contextOf(text, path);
  return { text, context, facts: extractFacts(path, text), node: expressionAt(context.sourceFile, start, end) };
}

export function contextOf(text: string, path = 'file.tsx'): SourceContext {
  const sourceFile = parseSource(path, text);
  const context = sourceFile === null ? null : readSource(path, text, sourceFile);
  if (context === null) throw new Error('The snippet is nested too deeply.');
  return context;
}

/** `param 0 of list → user → findMany`. */
export function printReference({ facts, text }: Pick<MarkedSource, 'facts' | 'text'>, to: Reference): string {
  return [printRoot(facts, text, to.root), ...to.path].join(' → ');
}

/** Close to how the value would be written; references in angle brackets. */
export function printValue(source: Pick<MarkedSource, 'facts' | 'text'>, value: Value): string {
  const print = (inner: Value): string => printValue(source, inner);
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'bigint' ? `${value.value}n` : JSON.stringify(value.value);
    case 'reference':
      return `<${printReference(source, value.to)}>`;
    case 'template':
      return `\`${value.texts.join('…')}\``;
    case 'object':
      return `{ ${value.properties.map((property) => printProperty(property, print)).join(', ')} }`;
    case 'array':
      return `[${value.items.map(print).join(', ')}]`;
    case 'spread':
      return `...${print(value.value)}`;
    case 'function':
      return `function ${source.facts.functions[value.function]?.symbol}`;
    case 'class':
      return `class ${source.facts.classes[value.class]?.name}`;
    case 'call':
      return `call ${calleeName(source.facts, source.text, value.call)}`;
    case 'choice':
      return `(${print(value.test)} ${value.operator} ${value.options.map(print).join(' : ')})`;
    case 'binary':
      return `(${print(value.left)} ${value.operator} ${print(value.right)})`;
    case 'unary':
      return `${value.operator} ${print(value.operand)}`;
    default:
      return value.kind;
  }
}

function printProperty(property: Property, print: (value: Value) => string): string {
  if (property.kind === 'spread') return `...${print(property.value)}`;
  const key = property.kind === 'property' ? property.key : `[${print(property.name)}]`;
  return `${key}: ${print(property.value)}`;
}

function printRoot(facts: FileFacts, text: string, root: Root): string {
  switch (root.kind) {
    case 'import': {
      const fact = facts.imports[root.import];
      return `import ${fact?.name} from ${fact?.specifier}`;
    }
    case 'function':
      return `function ${facts.functions[root.function]?.symbol}`;
    case 'class':
      return `class ${facts.classes[root.class]?.name}`;
    case 'variable':
      return `variable ${facts.variables[root.variable]?.name}`;
    case 'parameter':
      return `param ${root.index} of ${facts.functions[root.function]?.symbol}`;
    case 'this':
    case 'super':
      return root.class === null ? root.kind : `${root.kind} of ${facts.classes[root.class]?.name}`;
    case 'call':
      return `call ${calleeName(facts, text, root.call)}`;
    case 'global':
      return `global ${root.name}`;
    default:
      return 'unknown';
  }
}

function calleeName(facts: FileFacts, text: string, call: number): string {
  const span = facts.calls[call]?.nameSpan;
  return span === undefined ? '?' : text.slice(span.start, span.end);
}

/** The innermost node that fills the marks exactly. */
function expressionAt(sourceFile: ts.SourceFile, start: number, end: number): ts.Expression {
  let found: ts.Node | null = null;
  for (let node: ts.Node | undefined = sourceFile; node !== undefined; ) {
    if (node.getStart(sourceFile) === start && node.end === end) found = node;
    node = node
      .getChildren(sourceFile)
      .find((child) => child.getStart(sourceFile) <= start && child.end >= end && child.end > child.pos);
  }
  if (found === null) throw new Error('No node fits the marks.');
  return found as ts.Expression;
}
