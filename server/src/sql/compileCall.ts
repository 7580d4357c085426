import type { Call, PrismaCompiler } from './prismaCompiler.ts';
import { leavesOf, type Surroundings } from './queryPlan.ts';
import { renderTemplate } from './renderTemplate.ts';

/** One statement Prisma sends. */
export interface Statement extends Surroundings {
  /** `query` gives rows, `execute` a number of them. */
  readonly kind: 'query' | 'execute';
  readonly sql: string;
}

/** The statements of a call in the order in which they are sent, as the newest client writes them. */
export function compileCall(compiler: PrismaCompiler, call: Call): readonly Statement[] {
  return statementsOf(compiler.answer(compiler.request(call)));
}

/** The statements of several `findUnique` alike that are asked for at once. */
export function compileBatch(compiler: PrismaCompiler, calls: readonly Call[]): readonly Statement[] {
  return statementsOf(compiler.batchPlan(calls));
}

/** The statements of a plan, for whoever asks the plan for more than them. */
export function statementsOf(plan: unknown): readonly Statement[] {
  return leavesOf(plan).map(({ template, ...leaf }) => ({ ...leaf, sql: renderTemplate(template) }));
}
