import type { AccessPlan, TableAccess } from './accessPlan.ts';
import type { TableColumns } from './statementColumns.ts';

/** What is said to lack an index: columns of one table, by their names in the database, in the order of the index. */
export interface Lack {
  readonly table: string;
  readonly columns: readonly string[];
}

/** A statement with its plan. */
export interface PlannedStatement {
  readonly plan: AccessPlan;
  /** By the names the statement gives its tables. */
  readonly columns: ReadonlyMap<string, TableColumns>;
}

/**
 * What plans say of a lack: `proven` where some statement that asks for its first column reads the whole table, or sorts or sifts what an
 * index found; `served` where indexes do everything for all such statements; `open` where none asks for it.
 */
export type PlanProof = 'proven' | 'served' | 'open';

/** Holds a lack against the plans of the statements that are said to suffer from it. */
export function proofByPlan(lack: Lack, statements: readonly PlannedStatement[]): PlanProof {
  const verdicts = statements.flatMap(({ plan, columns }) =>
    plan.accesses
      .filter(({ table }) => table === lack.table)
      .flatMap((access) => verdictsOn(lack, access, plan, columns.get(access.alias))),
  );
  if (verdicts.length === 0) return 'open';
  return verdicts.includes('proven') ? 'proven' : 'served';
}

function verdictsOn(
  { columns }: Lack,
  access: TableAccess,
  { sorts }: AccessPlan,
  used: TableColumns | undefined,
): readonly ('proven' | 'served')[] {
  const asked = used ? columns.filter((column) => isFound(used, column) || used.sorted.includes(column)) : [];
  if (!used || asked[0] === undefined || asked[0] !== columns[0]) return [];
  if (access.by === 'key') return ['served'];
  const left = asked.filter((column) => !access.columns.includes(column));
  const sifted = left.some((column) => isFound(used, column));
  return [sifted || (sorts && left.some((column) => used.sorted.includes(column))) ? 'proven' : 'served'];
}

function isFound({ filtered, joined }: TableColumns, column: string): boolean {
  return filtered.includes(column) || joined.includes(column);
}
