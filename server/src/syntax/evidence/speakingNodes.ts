import type { ts } from 'ts-morph';
import { SyntaxKind } from '../compiler.ts';
import type { SourceVisitor } from '../walkSource.ts';

/** Lists the nodes that may show a sign, by a walk; of the rarer kinds only where the text has the words for one. */
export function startSpeaking(text: string): {
  readonly visitor: SourceVisitor;
  readonly speaking: readonly ts.Node[];
} {
  const speaking: ts.Node[] = [];
  const kinds = [
    SyntaxKind.CallExpression,
    SyntaxKind.NewExpression,
    SyntaxKind.Decorator,
    SyntaxKind.PropertyAccessExpression,
    SyntaxKind.ElementAccessExpression,
    SyntaxKind.BindingElement,
    ...(/(?:cache|surrogate)-control|cacheStrategy/i.test(text) ? [SyntaxKind.PropertyAssignment] : []),
    ...(text.includes('use cache') ? [SyntaxKind.ExpressionStatement] : []),
    ...(/max-?age|stale-while|immutable|no-store/i.test(text) ? TEXT_KINDS : []),
  ];
  return { visitor: { kinds, enter: (node) => speaking.push(node), leave: () => undefined }, speaking };
}

const TEXT_KINDS = [SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral, SyntaxKind.TemplateHead];
