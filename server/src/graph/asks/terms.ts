import type { FunctionId } from '../projectGraph.ts';

/** What a value is made of, so that two expressions can be known to give the same within one request. */
export type Term =
  | { readonly kind: 'text'; readonly text: string }
  /** What a function is handed, or a part of it. */
  | {
      readonly kind: 'parameter';
      readonly function: FunctionId;
      readonly index: number;
      readonly path: readonly string[];
    }
  /** What one run of a function came by, such as a new id: the same only within that run. */
  | { readonly kind: 'local'; readonly text: string }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Term> }
  | { readonly kind: 'made'; readonly by: string; readonly parts: readonly Term[] };

/** In place of a parameter's index: the object a method is called on. */
export const RECEIVER = -1;

/** An argument that is left out. */
export const ABSENT: Term = { kind: 'text', text: 'undefined' };

/** What is not handed over: `undefined`, or what a destructuring parameter has in its place. */
const MISSING: Term = { kind: 'text', text: 'nothing' };

/** The part of a term that a property name leads to. */
export function partOf(term: Term, path: readonly string[]): Term {
  const [key, ...rest] = path;
  if (key === undefined) return term;
  if (term.kind === 'parameter') return { ...term, path: [...term.path, ...path] };
  if (term.kind === 'object') {
    const entry = term.entries.get(key);
    if (entry) return partOf(entry, rest);
    if (![...term.entries.keys()].some((each) => each.startsWith('...'))) return partOf(MISSING, rest);
  }
  return partOf({ kind: 'made', by: `.${key}`, parts: [term] }, rest);
}

/** Equal for terms that give equal values, whatever the order in which properties are written. */
export function printed(term: Term): string {
  switch (term.kind) {
    case 'text':
    case 'local':
      return term.text;
    case 'parameter':
      return `${term.function}(${term.index})${term.path.map((key) => `.${key}`).join('')}`;
    case 'object': {
      const entries = [...term.entries].filter(([, value]) => value !== ABSENT);
      return `{${entries
        .map(([key, value]) => `${key}:${printed(value)}`)
        .sort()
        .join()}}`;
    }
    case 'made':
      return `${term.by}(${term.parts.map(printed).join()})`;
  }
}

/** A run of a function: what it is handed, by parameter, and what tells it from other runs. */
export interface Run {
  readonly function: FunctionId;
  readonly given: (index: number) => Term | null;
  readonly name: string;
}

/** A term of a function's body as its caller sees it; null where it hangs on what the caller does not know. */
export function inRun(term: Term, run: Run): Term | null {
  switch (term.kind) {
    case 'text':
      return term;
    case 'local':
      return { kind: 'local', text: `${run.name}>${term.text}` };
    case 'parameter': {
      if (term.function !== run.function) return term;
      const given = run.given(term.index);
      return given && partOf(given, term.path);
    }
    case 'object': {
      const entries = [...term.entries].map(([key, value]) => [key, inRun(value, run)] as const);
      const known = entries.flatMap(([key, value]) => (value ? [[key, value] as const] : []));
      return known.length === entries.length ? { kind: 'object', entries: new Map(known) } : null;
    }
    case 'made': {
      const parts = term.parts.map((part) => inRun(part, run));
      const known = parts.filter((part) => part !== null);
      return known.length === parts.length ? { ...term, parts: known } : null;
    }
  }
}
