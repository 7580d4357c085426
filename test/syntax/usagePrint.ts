import type { Usage, Use } from '#syntax/usage.ts';
import type { MarkedSource } from './markedSource.ts';

/** One line per use: `pass [].name → send(1) at user`. */
export function printUses(source: Pick<MarkedSource, 'facts' | 'text'>, usage: Usage): readonly string[] {
  return usage.map((use) =>
    [use.kind, path(use.path), ...details(source, use)].filter((part) => part !== '').join(' '),
  );
}

function details({ facts, text }: Pick<MarkedSource, 'facts' | 'text'>, use: Use): readonly string[] {
  const nameOf = (call: number): string => {
    const span = facts.calls[call]?.nameSpan;
    return span ? text.slice(span.start, span.end) : '?';
  };
  switch (use.kind) {
    case 'pass':
      return [`→ ${nameOf(use.call)}(${use.argument})`, at(use.at)];
    case 'return':
      return [`from ${facts.functions[use.function]?.symbol || 'module'}`, at(use.at)];
    case 'method':
      return [`.${use.name}()`];
    case 'escape':
      return [`(${use.reason})`];
    default:
      return [];
  }
}

function path(steps: readonly string[]): string {
  return steps.length === 0 ? 'whole' : steps.join('.');
}

function at(steps: readonly string[]): string {
  return steps.length === 0 ? '' : `at ${steps.join('.')}`;
}
