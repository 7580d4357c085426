import type { CallFact } from '#syntax/facts.ts';
import type { Reference } from '#syntax/values.ts';
import type { ProjectGraph } from '../projectGraph.ts';
import type { RequestPart } from './requestSource.ts';
import { schemaBound, UNCHECKED } from './schemaBound.ts';

/** What a call reads from a request by name: `searchParams.get('limit')`, `c.req.query('limit')`, `formData.get('take')`. */
export function callSource(
  graph: ProjectGraph,
  file: string,
  call: CallFact,
  path: readonly string[],
): RequestPart | null {
  const { path: steps, root } = call.callee;
  const last = steps.at(-1) ?? '';
  const holder = steps.at(-2) ?? heldBy(graph, file, root);
  const [key] = call.arguments;
  const name = key?.kind === 'literal' && typeof key.value === 'string' ? key.value : (path[0] ?? null);
  if (
    last === 'get' &&
    /(searchParams|query|params|URLSearchParams)$/i.test(holder) &&
    !isOwnAddress(graph, file, root)
  )
    return { name, part: 'query string', bound: UNCHECKED };
  if (last === 'get' && /form/i.test(holder)) return { name, part: 'form', bound: UNCHECKED };
  if (steps.at(-2) === 'req' && /^(query|queries|param)$/.test(last))
    return { name, part: last === 'param' ? 'path' : 'query string', bound: UNCHECKED };
  if (steps.at(-2) === 'req' && last === 'valid') return validated(graph, file, call, path);
  if (last === 'json' && /^(req|request|ctx|c|event)$/.test(holder) && call.arguments.length === 0)
    return { name: path[0] ?? null, part: 'body', bound: UNCHECKED };
  const global =
    root.kind === 'import'
      ? graph.files.get(file)?.imports[root.import]?.name
      : root.kind === 'global'
        ? root.name
        : '';
  if (steps.length === 0 && /^(getQuery|readBody)$/.test(global ?? ''))
    return { name: path[0] ?? null, part: global === 'getQuery' ? 'query string' : 'body', bound: UNCHECKED };
  return null;
}

/** What something is called that a method is called on. */
function heldBy(graph: ProjectGraph, file: string, root: Reference['root']): string {
  const facts = graph.files.get(file);
  if (root.kind === 'parameter') return facts?.functions[root.function]?.parameters[root.index]?.name ?? '';
  if (root.kind === 'variable') return facts?.variables[root.variable]?.name ?? '';
  if (root.kind !== 'call') return '';
  const inner = facts?.calls[root.call]?.callee;
  return inner?.path.at(-1) ?? (inner?.root.kind === 'global' ? inner.root.name : '');
}

/** `c.req.valid('query')` behind `zValidator('query', schema)`. */
function validated(graph: ProjectGraph, file: string, call: CallFact, path: readonly string[]): RequestPart | null {
  const facts = graph.files.get(file);
  const registration = facts?.calls[facts.functions[call.function]?.argumentOf?.call ?? -1];
  const bounds = (registration?.arguments ?? []).flatMap((value) => {
    const made = value.kind === 'call' ? facts?.calls[value.call] : undefined;
    return (made?.arguments ?? []).slice(1).map((schema) => schemaBound(graph, { file, value: schema }, path));
  });
  const known = bounds.find(({ kind }) => kind === 'capped' || kind === 'open');
  return known ? { name: path[0] ?? null, part: 'query string', bound: known } : null;
}

/** `new URL(process.env.DATABASE_URL).searchParams`: an address of the configuration. */
function isOwnAddress(graph: ProjectGraph, file: string, root: Reference['root']): boolean {
  const facts = graph.files.get(file);
  const init = root.kind === 'variable' ? facts?.variables[root.variable]?.init : null;
  const made =
    init?.kind === 'call' ? facts?.calls[init.call] : root.kind === 'call' ? facts?.calls[root.call] : undefined;
  const [address] = made?.kind === 'new' ? made.arguments : [];
  return address?.kind === 'reference' && address.to.root.kind === 'global' && address.to.root.name === 'process';
}
