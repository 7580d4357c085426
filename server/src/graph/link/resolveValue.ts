import type { VariableFact } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { ModuleResolver } from '../modules/moduleResolution.ts';
import type { ResolvedValue } from '../projectGraph.ts';
import type { LinkedFile } from './entities.ts';

/** What following a value needs of linking. */
export interface ValueLink {
  readonly files: Pick<ReadonlyMap<string, LinkedFile>, 'get'>;
  readonly resolver: ModuleResolver;
}

interface Placed {
  readonly file: LinkedFile;
  readonly value: Value;
}

const MAX_HOPS = 16;

/** Follows names, imports and properties to what is written down; gives the input back where that ends in something dynamic. */
export function resolveValue(link: ValueLink, path: string, value: Value): ResolvedValue {
  const file = link.files.get(path);
  const end = file ? followed(link, { file, value }, MAX_HOPS) : null;
  return end ? { file: end.file.path, value: end.value } : { file: path, value };
}

function followed(link: ValueLink, placed: Placed, hops: number): Placed | null {
  const { file, value } = placed;
  if (hops === 0) return null;
  if (value.kind === 'call') {
    const given = identityArgument(file, value.call);
    return given ? followed(link, { file, value: given }, hops - 1) : placed;
  }
  if (value.kind !== 'reference') return placed;
  const next = referred(link, file, value.to, hops - 1);
  return next ? followed(link, next, hops - 1) : null;
}

function referred(link: ValueLink, file: LinkedFile, { root, path }: Reference, hops: number): Placed | null {
  switch (root.kind) {
    case 'variable':
      return ofVariable(link, file, root.variable, path, hops);
    case 'import': {
      const fact = file.facts.imports[root.import];
      if (!fact) return null;
      const [name = '', ...rest] = fact.name === '*' ? path : [fact.name, ...path];
      return stepped(link, exportedValue(link, file, fact.specifier, name, hops), rest, hops);
    }
    case 'this':
    case 'class':
      if (root.kind === 'class' && path.length === 0)
        return { file, value: { kind: 'class', class: root.class, span: NOWHERE } };
      return root.class === null ? null : ofClass(link, file, root.class, root.kind === 'class', path, hops);
    case 'call': {
      const given = identityArgument(file, root.call);
      return stepped(link, { file, value: given ?? callValue(file, root.call) }, path, hops);
    }
    case 'function':
      return path.length === 0 ? { file, value: functionValue(file, root.function) } : null;
    default:
      return null;
  }
}

function ofVariable(
  link: ValueLink,
  file: LinkedFile,
  index: number,
  path: readonly string[],
  hops: number,
): Placed | null {
  const fact = file.facts.variables[index];
  const value = fact ? onlyValue(fact) : null;
  const overwritten = fact?.writes.some((write) => write.path.length > 0 && write.path[0] === path[0]);
  return value && !overwritten ? stepped(link, { file, value }, path, hops) : null;
}

function callValue({ facts }: LinkedFile, call: number): Value {
  return { kind: 'call', call, span: facts.calls[call]?.span ?? NOWHERE };
}

function functionValue({ facts }: LinkedFile, index: number): Value {
  return { kind: 'function', function: index, span: facts.functions[index]?.span ?? NOWHERE };
}

const NOWHERE = { start: 0, end: 0 };

/** What a variable holds whenever it is read, null when that changes. */
function onlyValue({ init, writes }: VariableFact): Value | null {
  const assigned = writes.filter(({ path }) => path.length === 0);
  if (assigned.length === 0) return init;
  const [only] = assigned;
  return init === null && assigned.length === 1 && only && !only.conditional ? only.value : null;
}

function ofClass(
  link: ValueLink,
  file: LinkedFile,
  index: number,
  isStatic: boolean,
  path: readonly string[],
  hops: number,
): Placed | null {
  const [name, ...rest] = path;
  const member = file.facts.classes[index]?.members.find((fact) => fact.name === name && fact.static === isStatic);
  return member?.value ? stepped(link, { file, value: member.value }, rest, hops) : null;
}

function exportedValue(
  link: ValueLink,
  from: LinkedFile,
  specifier: string,
  name: string,
  hops: number,
): Placed | null {
  const resolution = link.resolver.resolve(from.path, specifier);
  const file = resolution.kind === 'file' ? link.files.get(resolution.file) : undefined;
  if (!file || hops <= 0) return null;
  for (const fact of file.facts.exports) {
    if (fact.name === name && fact.value) return { file, value: { kind: 'reference', to: fact.value, span: NOWHERE } };
    if (fact.name === name && fact.from && fact.from.name !== '*')
      return exportedValue(link, file, fact.from.specifier, fact.from.name, hops - 1);
  }
  for (const fact of file.facts.exports) {
    const found =
      fact.name === '*' && fact.from ? exportedValue(link, file, fact.from.specifier, name, hops - 4) : null;
    if (found) return found;
  }
  return null;
}

function stepped(link: ValueLink, start: Placed | null, path: readonly string[], hops: number): Placed | null {
  let at = start;
  for (const step of path) {
    const known = at && hops > 0 ? followed(link, at, hops - 1) : null;
    at = known ? property(link, known, step, hops - 1) : null;
  }
  return at;
}

function property(link: ValueLink, { file, value }: Placed, name: string, hops: number): Placed | null {
  if (value.kind !== 'object') return null;
  for (const each of value.properties.toReversed()) {
    if (each.kind === 'property' && each.key === name) return { file, value: each.value };
    if (each.kind === 'computed') return null;
    const spread = each.kind === 'spread' && hops > 0 ? followed(link, { file, value: each.value }, hops - 1) : null;
    if (each.kind === 'spread' && spread?.value.kind !== 'object') return null;
    const found = spread ? property(link, spread, name, hops - 1) : null;
    if (found) return found;
  }
  return null;
}

/** The argument a call gives back unchanged: `Object.freeze(x)`, `Prisma.validator<T>()(x)`. */
function identityArgument({ facts }: LinkedFile, index: number): Value | null {
  const call = facts.calls[index];
  if (!call) return null;
  const { root, path } = call.callee;
  const freezes = root.kind === 'global' && root.name === 'Object' && (path[0] === 'freeze' || path[0] === 'seal');
  const validates =
    root.kind === 'call' && path.length === 0 && facts.calls[root.call]?.callee.path.at(-1) === 'validator';
  return freezes || validates ? (call.arguments[0] ?? null) : null;
}
