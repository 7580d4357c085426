import { objectKeys } from '#graph/objectKeys.ts';
import type { Operation } from '#graph/operations.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { RowsRead } from '#shared/sqlView.ts';
import type { Arguments } from './clientArguments.ts';
import { type ClientWork, clientWork } from './clientWork.ts';
import type { Statement } from './compileCall.ts';

/** A call after it was compiled, with what is certain of its arguments. */
export interface CompiledCall {
  readonly schema: SchemaModel;
  readonly model: Model;
  readonly operation: Operation;
  readonly args: Arguments;
  /** `take` where the code says a number, else null: the arguments then hold one that stands for it. */
  readonly take: number | null;
  /** Its filter names one row by a key, so that what is grouped and joined to it is looked up and not read as a whole. */
  readonly keyed: boolean;
  /** Paths of arguments that could not be followed. */
  readonly lost: readonly string[];
  readonly plan: unknown;
  readonly statements: readonly Statement[];
}

/** What is certain of the rows a call reads or changes: only what the compiled statements show and the arguments cannot take back. */
export function rowsRead(call: CompiledCall): readonly RowsRead[] {
  if (call.statements.length === 0) return [];
  const cuts = clientWork(call.plan);
  return [
    ...everyRow(call, cuts),
    ...atMost(call, cuts),
    ...cuts.flatMap((cut) => cutInMemory(call, cut)),
    ...countsTables(call),
  ];
}

/** The number behind `take` where the code says one; a list read from its end says it with a minus. */
export function writtenTake(graph: ProjectGraph, site: QuerySite): number | null {
  const { keys, open } = objectKeys(graph, site.args && { file: site.file, value: site.args });
  const take = keys.get('take');
  const [first, ...others] = take?.values ?? [];
  if (!first || open || take?.optional || others.length > 0) return null;
  const { value } = graph.resolve(first.file, first.value);
  const inner = value.kind === 'unary' && value.operator === '-' ? value.operand : value;
  return inner.kind === 'literal' && typeof inner.value === 'number' ? Math.abs(inner.value) : null;
}

const READS_ROWS: ReadonlySet<Operation> = new Set(['findMany', 'count', 'aggregate', 'groupBy']);
const CHANGES_ROWS: ReadonlySet<Operation> = new Set([
  'updateMany',
  'updateManyAndReturn',
  'deleteMany',
] satisfies Operation[]);

function everyRow({ model, operation, args, lost }: CompiledCall, cuts: readonly ClientWork[]): readonly RowsRead[] {
  if (lost.some(mayNarrow) || !isEmptyFilter(args.where) || (args.cursor !== undefined && !isCut(cuts, 'cursor')))
    return [];
  const limited = (args.take ?? args.limit) !== undefined && !isCut(cuts, 'take');
  if (limited) return [];
  if (READS_ROWS.has(operation)) return [{ kind: 'every-row', model: model.name, access: 'read' }];
  return CHANGES_ROWS.has(operation) ? [{ kind: 'every-row', model: model.name, access: 'write' }] : [];
}

/** Whether what is at a path that was not followed may leave rows out. */
function mayNarrow(path: string): boolean {
  return /^(?:\.?…|$)/.test(path) || /^(?:where|cursor|take|limit)\b/.test(path);
}

/** Nothing in it narrows anything. */
function isEmptyFilter(where: unknown): boolean {
  if (where === undefined || where === null) return true;
  if (Array.isArray(where)) return where.every(isEmptyFilter);
  if (typeof where !== 'object') return false;
  return Object.entries(where).every(([key, value]) => value === undefined || (key === 'AND' && isEmptyFilter(value)));
}

function atMost({ model, operation, take }: CompiledCall, cuts: readonly ClientWork[]): readonly RowsRead[] {
  if (isCut(cuts, 'take')) return [];
  const rows = /^find(?:Unique|First)/.test(operation) ? 1 : operation === 'findMany' ? take : null;
  return rows === null ? [] : [{ kind: 'at-most', model: model.name, rows }];
}

function isCut(cuts: readonly ClientWork[], by: ClientWork['by'][number]): boolean {
  return cuts.some((cut) => cut.path === '' && cut.by.includes(by));
}

function cutInMemory({ schema, model, args }: CompiledCall, { path, by }: ClientWork): readonly RowsRead[] {
  const other = modelAt(schema, model, path);
  const filtered = !isEmptyFilter(argumentsAt(args, path).where);
  return other ? [{ kind: 'cut-in-memory', model: other.name, path, filtered, by }] : [];
}

/** The arguments of a relation that is read along. */
function argumentsAt(args: Arguments, path: string): Arguments {
  return path.split('.').reduce<Arguments>((at, name) => {
    if (name === '') return at;
    const inner = recordOf(at.include)[name] ?? recordOf(at.select)[name];
    return recordOf(inner);
  }, args);
}

function recordOf(value: unknown): Arguments {
  return typeof value === 'object' && value !== null ? (value as Arguments) : {};
}

function modelAt(schema: SchemaModel, model: Model, path: string): Model | null {
  return path.split('.').reduce<Model | null>((at, name) => {
    if (name === '' || at === null) return at;
    const field = at.fields.get(name);
    return field?.kind === 'relation' ? (schema.models.get(field.type) ?? null) : null;
  }, model);
}

/**
 * The names Prisma's compiler gives to tables that are grouped before they are joined; joined row by row they have others. The key of
 * the row that is asked for does not reach into what is grouped for its relations.
 */
const GROUPED = /\) AS ["`[](aggr_selection|orderby)_\d+_(\w+)["`\]]/g;

function countsTables({ schema, operation, keyed, statements }: CompiledCall): readonly RowsRead[] {
  if (!/^find/.test(operation)) return [];
  const found = new Map<string, RowsRead>();
  for (const { sql } of statements.filter(({ child }) => child || !keyed))
    for (const [, alias, name = ''] of sql.matchAll(GROUPED)) {
      const by = alias === 'orderby' ? 'orderBy' : '_count';
      const model = [...schema.models.values()].find((each) => each.table === name || each.name === name)?.name;
      if (model) found.set(`${by} ${model}`, { kind: 'counts-table', model, by });
    }
  return [...found.values()];
}
