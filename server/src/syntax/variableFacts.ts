import type { ts } from 'ts-morph';
import { isEnumDeclaration, isVariableDeclaration } from './compiler.ts';
import type { Declaration } from './declarations.ts';
import type { VariableFact } from './facts.ts';
import { keyOf } from './nodeNames.ts';
import { extended } from './references.ts';
import type { SourceContext } from './sourceContext.ts';
import { typeNameOf } from './typeNames.ts';
import type { Property, Value } from './values.ts';
import { variableWrites } from './variableWrites.ts';

export function variableFacts(context: SourceContext): readonly VariableFact[] {
  const writes = variableWrites(context);
  return context.bindings.variables.map((declaration, index) => ({
    index,
    name: declaration.name,
    kind: variableKind(declaration),
    function: context.functionOf(declaration.node),
    init: initialValue(declaration, context),
    typeName: isVariableDeclaration(declaration.node) ? typeNameOf(declaration.node.type) : null,
    writes: writes.get(declaration) ?? [],
    span: context.spanOf(declaration.node),
  }));
}

function variableKind({ kind }: Declaration): VariableFact['kind'] {
  return kind === 'let' || kind === 'var' || kind === 'using' ? kind : 'const';
}

function initialValue(declaration: Declaration, context: SourceContext): Value | null {
  if (isEnumDeclaration(declaration.node)) return enumValue(declaration.node, context);
  const trace = context.bindings.traceOf(declaration);
  if (trace === null) return null;
  if (trace.path.length === 0) return context.longValueOf(trace.expression);
  const to = extended(context.referenceOf(trace.expression), trace.path);
  return { kind: 'reference', to, span: context.spanOf(trace.expression) };
}

/** An enum is read like the object it becomes. */
function enumValue(node: ts.EnumDeclaration, context: SourceContext): Value {
  const properties = node.members.map((member, index): Property => {
    const span = context.spanOf(member);
    const value: Value =
      member.initializer === undefined ? { kind: 'literal', value: index, span } : context.valueOf(member.initializer);
    return { kind: 'property', key: keyOf(member.name) ?? '', keySpan: context.spanOf(member.name), value, span };
  });
  return { kind: 'object', properties, span: context.spanOf(node) };
}
