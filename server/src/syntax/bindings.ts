import type { Declaration } from './declarations.ts';
import type { Scopes } from './scopes.ts';
import type { Trace } from './trace.ts';
import { isReducible, traceOf } from './trace.ts';

/** Which names keep a VariableFact, and where the others come from. */
export interface Bindings {
  /** Declarations with a VariableFact, by its index. */
  readonly variables: readonly Declaration[];
  variableIndexOf(declaration: Declaration): number | null;
  traceOf(declaration: Declaration): Trace | null;
}

export function startBindings(scopes: Scopes): Bindings {
  const traces = new Map<Declaration, Trace | null>();
  const trace = (declaration: Declaration): Trace | null => {
    const known = traces.get(declaration);
    if (known !== undefined) return known;
    const found = traceOf(declaration, scopes);
    traces.set(declaration, found);
    return found;
  };
  const variables = scopes.declarations.filter((declaration) => keepsVariable(declaration, scopes, trace));
  const indices = new Map(variables.map((declaration, index) => [declaration, index]));
  return { variables, variableIndexOf: (declaration) => indices.get(declaration) ?? null, traceOf: trace };
}

function keepsVariable(declaration: Declaration, scopes: Scopes, trace: (of: Declaration) => Trace | null): boolean {
  switch (declaration.kind) {
    case 'enum':
    case 'namespace':
      return true;
    case 'const':
    case 'let':
    case 'var':
    case 'using': {
      if (scopes.writesOf(declaration).length > 0) return true;
      const origin = trace(declaration);
      return origin === null || (origin.path.length === 0 && !isReducible(origin.expression));
    }
    default:
      return false;
  }
}
