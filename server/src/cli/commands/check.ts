import { Failure } from '#analyzer/failure.ts';
import { budgetsText } from '#render/report/budgetsText.ts';
import { goneText } from '#words/whatChanged.ts';
import type { ExitCode } from '../exitCode.ts';
import type { Host } from '../host.ts';
import { projectReport, useOf } from '../projectReport.ts';
import type { RunSurroundings } from '../projectRun.ts';

export interface CheckOptions {
  readonly format: 'text' | 'json';
  /** As for lint: true requires measurements. */
  readonly evidence?: boolean;
}

/** Holds a project to the budgets of its configuration: 1 where one is crossed, 2 where nothing is known of any. */
export async function check(
  path: string,
  options: CheckOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<ExitCode> {
  const { budgets, overview } = await projectReport({ path, use: useOf(options.evidence) }, host, around);
  if (budgets.length === 0)
    throw new Failure('there are no budgets: set them under "budgets" in querylens.config.json');
  host.stdout.write(
    options.format === 'json' ? `${JSON.stringify({ version: 1, budgets }, null, 2)}\n` : budgetsText(budgets),
  );
  if (budgets.some(({ state }) => state === 'crossed')) return 1;
  if (budgets.some(({ state }) => state === 'held')) return 0;
  const gone = overview.gone.calls === 0 ? '' : `; ${goneText(overview.gone)}`;
  throw new Failure(
    `nothing is known of what the budgets bound: count it with \`querylens ingest\`, \`watch\` or \`serve\`${gone}`,
  );
}
