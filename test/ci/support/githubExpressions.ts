import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What expressions of a step may speak of. */
export interface ExpressionContext {
  readonly github: object;
  readonly inputs: object;
  readonly steps: object;
  /** A step before failed. */
  readonly failed: boolean;
}

/** A text with its `${{ }}` filled in, by GitHub's own evaluator. */
export function filled(text: string, context: ExpressionContext): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluated(expression, context).coerceString());
}

/** Whether a step runs; without a word of how those before ended, only where none failed. */
export function applies(condition: string | undefined, context: ExpressionContext): boolean {
  if (condition === undefined) return !context.failed;
  const expression = condition.trim().replace(/^\$\{\{(.*)\}\}$/s, '$1');
  const says = /\b(?:success|failure|always|cancelled)\(/.test(expression);
  return evaluated(says ? expression : `success() && (${expression})`, context).coerceString() === 'true';
}

function evaluated(expression: string, { failed, ...contexts }: ExpressionContext) {
  const status = { success: !failed, failure: failed, always: true, cancelled: false };
  const functions = Object.entries(status).map(([name, value]) => ({
    ...{ name, minArgs: 0, maxArgs: 0 },
    call: () => new data.BooleanData(value),
  }));
  const tokens = new Lexer(expression).lex().tokens;
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const known: data.Dictionary = JSON.parse(JSON.stringify(contexts), data.reviver);
  return new Evaluator(parsed, known, new Map(functions.map((each) => [each.name, each]))).evaluate();
}
