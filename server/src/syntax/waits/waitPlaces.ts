import type { ts } from 'ts-morph';
import {
  isArrayLiteralExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isVariableStatement,
  NodeFlags,
} from '../compiler.ts';
import type { SourceContext } from '../sourceContext.ts';
import type { WaitFact } from '../waitFact.ts';

/** Where the awaited value goes, as far as moving the await needs to know. */
export function placeOf(
  context: SourceContext,
  node: ts.AwaitExpression,
  statement: ts.Statement,
): Pick<WaitFact, 'place' | 'statement' | 'name' | 'commented'> {
  const { statement: span, name, place } = placeIn(context, node, statement);
  const before = context.text.slice(statement.pos, span.start);
  return { place, statement: span, name, commented: /\/[/*]/.test(before) };
}

function placeIn(
  context: SourceContext,
  node: ts.AwaitExpression,
  statement: ts.Statement,
): Pick<WaitFact, 'place' | 'statement' | 'name'> {
  const span = context.spanOf(statement);
  const binding = declaredBy(node, statement);
  if (binding) return { place: 'declared', statement: span, name: context.spanOf(binding) };
  const { parent } = node;
  if (isArrayLiteralExpression(parent)) return { place: 'element', statement: context.spanOf(parent), name: null };
  if (isPropertyAssignment(parent) && canBeNamed(context, parent.name) && isEvaluatedFirst(context, parent, statement))
    return { place: 'property', statement: span, name: context.spanOf(parent.name) };
  return { place: 'other', statement: span, name: null };
}

/** The name or pattern of `const x = await …;` without a written type. */
function declaredBy(node: ts.AwaitExpression, statement: ts.Statement): ts.Node | null {
  if (!isVariableStatement(statement) || statement.modifiers) return null;
  const { declarationList: list } = statement;
  const [declaration] = list.declarations;
  if (!declaration || list.declarations.length > 1 || (list.flags & NodeFlags.BlockScoped) !== NodeFlags.Const)
    return null;
  return declaration.initializer === node && !declaration.type ? declaration.name : null;
}

/** A variable may have the property's name: nothing in the file is declared so, and the language does not keep it for itself. */
function canBeNamed({ scopes }: SourceContext, name: ts.PropertyName): boolean {
  if (!isIdentifier(name) || RESERVED.test(name.text)) return false;
  return scopes.declarations.every((declaration) => declaration.name !== name.text);
}

const RESERVED =
  /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|await|arguments|eval)$/;

/** Nothing else of the statement is called before the object is made. */
function isEvaluatedFirst({ nodes }: SourceContext, property: ts.PropertyAssignment, statement: ts.Statement): boolean {
  const object = property.parent;
  if (!isObjectLiteralExpression(object)) return false;
  const waits = object.properties.filter(
    (each) => isPropertyAssignment(each) && each.initializer.kind === property.initializer.kind,
  );
  return nodes.calls.every(
    (call) =>
      call.end <= statement.pos ||
      call.pos >= statement.end ||
      (call.pos <= object.pos && call.end >= object.end) ||
      waits.some(({ pos, end }) => call.pos >= pos && call.end <= end),
  );
}
