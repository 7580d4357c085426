import type { ts } from 'ts-morph';
import { isPropertyAssignment, isTemplateExpression } from '../compiler.ts';
import { keyOf, literalText } from '../nodeNames.ts';
import type { Sign } from './evidenceNames.ts';

const HEADER = /^(?:(?:vercel-)?cdn-)?cache-control$|^surrogate-control$/i;
const KEEPS = /\b(?:s-maxage|max-age|stale-while-revalidate)\s*=\s*(?:[1-9]|\$|$)|\bimmutable\b/i;
const FORBIDS = /\bno-(?:store|cache)\b|\bmax-age\s*=\s*0\b/i;

/** A caching header with its value: an argument pair (`set`, `header`, `append`, `@Header`) or a property of a headers object. */
export function headerSign(node: ts.CallExpression | ts.NewExpression | ts.PropertyAssignment): Sign | null {
  const [name, value] = isPropertyAssignment(node)
    ? [keyOf(node.name), node.initializer]
    : [literalText(node.arguments?.[0]), node.arguments?.[1]];
  if (name === null || value === undefined || !HEADER.test(name)) return null;
  const text = literalText(value) ?? (isTemplateExpression(value) ? templateText(value) : null);
  return { kind: text === null ? 'http-cache' : kindOfPolicy(text), sign: name };
}

/** A policy passed on as text, such as `'public, s-maxage=60'` given to a response helper. */
export function textSign(node: ts.StringLiteralLike | ts.TemplateHead): Sign | null {
  const text = node.text;
  if (KEEPS.test(text)) return { kind: 'http-cache', sign: 'max-age' };
  return /^(?:[\w-]+,\s*)*no-store\b/i.test(text) ? { kind: 'no-store', sign: 'no-store' } : null;
}

function kindOfPolicy(text: string): 'http-cache' | 'no-store' {
  return FORBIDS.test(text) && !KEEPS.test(text) ? 'no-store' : 'http-cache';
}

function templateText(node: ts.TemplateExpression): string {
  return node.head.text + node.templateSpans.map((span) => `$${span.literal.text}`).join('');
}
