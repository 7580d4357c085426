import type { ClassFact, DecoratorFact, FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { ProjectGraph, ResolvedValue } from '../projectGraph.ts';
import { type SchemaBound, schemaBound } from './schemaBound.ts';

/** Steps through base classes. */
const MAX_DEPTH = 6;
const NOWHERE = { start: 0, end: 0 };

/** The bound that a class with validating decorators (a DTO, `@ArgsType`) sets to one of its members, where the name is that of a class. */
export function classBound(graph: ProjectGraph, file: string, typeName: string, path: readonly string[]): SchemaBound {
  const facts = graph.files.get(file);
  const [name = '', ...more] = typeName.split('.');
  if (!facts || more.length > 0) return { kind: 'unknown' };
  const own = facts.classes.find((each) => each.name === name);
  if (own) return memberBound(graph, facts, own, path, 0);
  const imported = facts.imports.findIndex(({ local }) => local === name);
  if (imported < 0) return { kind: 'unknown' };
  const to = { root: { kind: 'import', import: imported }, path: [] } as const;
  return boundOf(graph, graph.resolve(file, { kind: 'reference', to, span: NOWHERE }), path, 0);
}

function boundOf(graph: ProjectGraph, from: ResolvedValue, path: readonly string[], depth: number): SchemaBound {
  const { file, value } = graph.resolve(from.file, from.value);
  const facts = graph.files.get(file);
  const fact = value.kind === 'class' ? facts?.classes[value.class] : undefined;
  return facts && fact ? memberBound(graph, facts, fact, path, depth) : { kind: 'unknown' };
}

function memberBound(
  graph: ProjectGraph,
  facts: FileFacts,
  fact: ClassFact,
  path: readonly string[],
  depth: number,
): SchemaBound {
  const [name] = path;
  const member = fact.members.find((each) => each.name === name && !each.static);
  if (!member) return depth < MAX_DEPTH ? inherited(graph, facts, fact, path, depth + 1) : { kind: 'unknown' };
  if (member.function !== null || !member.nameSpan) return { kind: 'unknown' };
  if (member.decorators.some((decorator) => caps(graph, facts.path, decorator))) return { kind: 'capped' };
  return { kind: 'open', declared: { file: facts.path, span: member.nameSpan, number: null } };
}

/** The base class, also as `PartialType(Base)`, `IntersectionType(A, B)`, `createZodDto(schema)`. */
function inherited(
  graph: ProjectGraph,
  facts: FileFacts,
  { extends: base }: ClassFact,
  path: readonly string[],
  depth: number,
): SchemaBound {
  const file = facts.path;
  if (!base) return { kind: 'absent' };
  if (base.root.kind !== 'call')
    return boundOf(graph, { file, value: { kind: 'reference', to: base, span: NOWHERE } }, path, depth);
  const made = facts.calls[base.root.call];
  if (/dto$/i.test(made?.callee.path.at(-1) ?? importedAs(facts, base.root.call)))
    return made?.arguments[0] ? schemaBound(graph, { file, value: made.arguments[0] }, path) : { kind: 'unknown' };
  const bounds = (made?.arguments ?? []).map((value) => boundOf(graph, { file, value }, path, depth));
  return bounds.find(({ kind }) => kind === 'capped' || kind === 'open') ?? { kind: 'unknown' };
}

function importedAs(facts: FileFacts, call: number): string {
  const root = facts.calls[call]?.callee.root;
  return root?.kind === 'import' ? (facts.imports[root.import]?.name ?? '') : '';
}

function caps(graph: ProjectGraph, file: string, { name, arguments: given }: DecoratorFact): boolean {
  if (CAPS.test(name)) return true;
  if (/^(Transform|Validate|ValidateBy)$/.test(name)) return !isConversion(graph, file, given[0]);
  return /^Is(Int|Number)\b/.test(name) && given.some((value) => value.kind === 'object' && hasMax(value));
}

const CAPS =
  /(^|\.)(Max|Length|MaxLength|IsIn|IsEnum|IsPositiveMax|Equals|IsBoolean|Range|Between|Limit|Matches|IsDate|IsDateString)$/;

function hasMax(value: Value): boolean {
  return (
    value.kind === 'object' &&
    value.properties.some((each) => each.kind === 'property' && /^max(imum)?$/.test(each.key))
  );
}

/** `@Transform(({ value }) => Number(value))`, which cuts nothing. */
function isConversion(graph: ProjectGraph, file: string, by: Value | undefined): boolean {
  const facts = graph.files.get(file);
  if (by?.kind !== 'function' || !facts) return false;
  return !facts.calls.some(
    ({ function: home, callee }) => home === by.function && /^(min|clamp)$/.test(callee.path.at(-1) ?? ''),
  );
}
