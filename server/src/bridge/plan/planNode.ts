import { canonicalSql } from '#sql/canonical/canonicalSql.ts';

/** One step of a plan of PostgreSQL. */
export interface PlanNode {
  /** `Index Scan using Post_pkey on Post`. */
  readonly what: string;
  /** Of all its runs; null where it was not measured. */
  readonly rows: number | null;
  readonly ms: number | null;
  readonly runs: number;
  readonly conditions: readonly Condition[];
  readonly inner: readonly PlanNode[];
}

export interface Condition {
  readonly kind: string;
  readonly text: string;
}

/** Enough to see what is slow; a plan of a machine's SQL may have thousands of steps. */
const MOST_LINES = 40;
const LONGEST_LINE = 160;

/** A line for each step and condition. */
export function printedPlan(root: PlanNode): string {
  const lines = linesOf(root, 0);
  const more = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`and ${more} more lines`] : [])].join('\n');
}

/** Steps inside each other; deeper ones are left out. */
const DEEPEST = 40;

function linesOf({ what, rows, ms, runs, conditions, inner }: PlanNode, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  const indent = '  '.repeat(depth);
  const figures = [
    ...(rows === null ? [] : [`${number(rows)} ${rows === 1 ? 'row' : 'rows'}`]),
    ...(ms === null ? [] : [`${number(ms)} ms`]),
    ...(runs > 1 ? [`${number(runs)} times`] : []),
  ];
  const line = `${indent}${what}${figures.length > 0 ? ` · ${figures.join(' · ')}` : ''}`;
  return [
    ...[line, ...conditions.map(({ kind, text }) => `${indent}  ${kind}: ${text}`)].map(bounded),
    ...inner.flatMap((each) => linesOf(each, depth + 1)),
  ];
}

function bounded(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)} …`;
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });
}

const OF_SQL: ReadonlySet<string> = new Set([
  ...['Filter', 'Index Cond', 'Recheck Cond', 'Hash Cond', 'Merge Cond', 'Join Filter', 'TID Cond', 'One-Time Filter'],
  ...['Sort Key', 'Presorted Key', 'Group Key', 'Cache Key', 'Order By', 'Conflict Filter'],
]);
const OF_ROWS: ReadonlySet<string> = new Set([
  ...['Rows Removed by Filter', 'Rows Removed by Index Recheck', 'Rows Removed by Join Filter', 'Heap Fetches'],
]);

/** What is said of a step, without its values; null for what is not worth a line or may hold any. */
export function conditionOf(kind: string, text: string): Condition | null {
  if (OF_SQL.has(kind)) return { kind, text: canonicalSql(text, 'postgresql').text.replaceAll('~ ~', '~~') };
  if (!OF_ROWS.has(kind) || !/^\d+(?:\.\d+)?$/.test(text) || Number(text) === 0) return null;
  return { kind, text: number(Number(text)) };
}

/** What PostgreSQL calls its steps; anything else is not taken over. */
const KIND =
  /^(?:Parallel |Partial |Finalize )?(?:Result|ProjectSet|Append|Merge Append|Recursive Union|BitmapAnd|BitmapOr|Nested Loop|Merge|Merge Join|Hash|Hash Join|Seq Scan|Sample Scan|Gather|Gather Merge|Index Scan|Index Only Scan|Bitmap Index Scan|Bitmap Heap Scan|Tid Scan|Tid Range Scan|Subquery Scan|Function Scan|Table Function Scan|Values Scan|CTE Scan|Named Tuplestore Scan|WorkTable Scan|Foreign Scan|Custom Scan|Materialize|Memoize|Sort|Incremental Sort|Group|Aggregate|GroupAggregate|HashAggregate|MixedAggregate|WindowAgg|Unique|SetOp|HashSetOp|LockRows|Limit|ModifyTable|Insert|Update|Delete|Foreign Insert|Foreign Update|Foreign Delete)(?: Backward)?$/;
const JOIN = / (?:Left|Right|Full|Semi|Anti|Right Semi|Right Anti) Join$/;

/** Null for what is the name of no step. */
export function kindOf(name: string): string | null {
  const plain = name
    .replace(JOIN, ' Join')
    .replace(/^Nested Loop Join$/, 'Nested Loop')
    .replace(/^(SetOp|HashSetOp) (?:Intersect|Except)(?: All)?$/, '$1');
  return KIND.test(plain) ? name : null;
}

/** Of a table, an index or another thing that is declared; longer ones are none. */
export function isName(text: string): boolean {
  return /^(?:"[\w $.-]{1,63}"|[\w$]{1,63})(?:\.(?:"[\w $.-]{1,63}"|[\w$]{1,63}))?$/.test(text);
}
