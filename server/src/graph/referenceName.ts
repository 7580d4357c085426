import type { FileFacts } from '#syntax/facts.ts';
import type { Reference } from '#syntax/values.ts';

/** The last name a reader sees of a reference: a property, a variable, the function that gave it; empty where there is none. */
export function referenceName(facts: FileFacts, { root, path }: Reference): string {
  const last = path.findLast((step) => step !== '[]');
  if (last !== undefined) return last;
  switch (root.kind) {
    case 'import':
      return facts.imports[root.import]?.local ?? '';
    case 'variable':
      return facts.variables[root.variable]?.name ?? '';
    case 'parameter':
      return facts.functions[root.function]?.parameters[root.index]?.name ?? '';
    case 'call': {
      const callee = facts.calls[root.call]?.callee;
      return callee ? referenceName(facts, callee) : '';
    }
    case 'function':
      return facts.functions[root.function]?.name ?? '';
    case 'global':
      return root.name;
    default:
      return '';
  }
}
