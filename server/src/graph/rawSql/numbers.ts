import { callIndex } from '../callIndex.ts';
import type { ProjectGraph, ResolvedValue } from '../projectGraph.ts';

const ARITHMETIC: ReadonlySet<string> = new Set(['-', '*', '/', '%', '**', '|', '&', '^', '<<', '>>', '>>>']);
const MAKERS: ReadonlySet<string> = new Set(['Number', 'parseInt', 'parseFloat', 'BigInt', 'Math', 'Date.now']);

/** Whether a value can only be a number by its form: it cannot bring SQL of its own. */
export function isNumber(graph: ProjectGraph, { file, value }: ResolvedValue): boolean {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'number' || typeof value.value === 'bigint';
    case 'binary':
      return ARITHMETIC.has(value.operator);
    case 'unary':
      return /^[+\-~]|\+\+|--$/.test(value.operator) && value.operator !== '!';
    case 'choice':
      return value.options.every((option) => isNumber(graph, graph.resolve(file, option)));
    case 'reference':
      if (value.to.path.at(-1) === 'length') return true;
      return isCalledNumber(graph, { file, value });
    default:
      return isCalledNumber(graph, { file, value });
  }
}

function isCalledNumber(graph: ProjectGraph, { file, value }: ResolvedValue): boolean {
  const index = callIndex(value);
  const callee = index === null ? undefined : graph.files.get(file)?.calls[index]?.callee;
  if (callee?.root.kind !== 'global') return false;
  const { name } = callee.root;
  return MAKERS.has(name) || MAKERS.has([name, ...callee.path].join('.'));
}
