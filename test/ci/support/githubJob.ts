import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { runnerEnv } from './ciRepository.ts';
import { applies, type ExpressionContext, filled } from './githubExpressions.ts';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly if?: string; readonly steps: readonly Step[] }>>;
}

/** What GitHub hands to a job. */
export interface JobSurroundings {
  /** The checkout. */
  readonly root: string;
  readonly github: { readonly event_name: string; readonly repository: string; readonly event: object };
  readonly inputs?: Readonly<Record<string, string>>;
  /** Where the API answers. */
  readonly api?: string;
}

/** How a job went. */
export interface JobRun {
  /** By step: its name, or what it runs or uses. */
  readonly outcomes: Readonly<Record<string, 'success' | 'failure' | 'skipped'>>;
  /** What all steps printed. */
  readonly log: string;
  readonly summary: string;
}

/**
 * Runs the steps of a job in the documented shells, one after the other. There is no runner outside of GitHub: actions are taken as done,
 * but for scripts of actions/github-script, and what they are to read must be there.
 */
export async function runJob(workflow: string, job: string, around: JobSurroundings): Promise<JobRun> {
  const { jobs }: Workflow = parse(readFileSync(workflow, 'utf8'));
  const { steps, if: condition } = jobs[job] ?? { steps: [] };
  const runner = startRunner(around);
  const context = { github: around.github, inputs: around.inputs ?? {}, steps: {}, failed: false };
  if (!applies(condition, context)) return { outcomes: {}, log: '', summary: '' };
  const outcomes: Record<string, JobRun['outcomes'][string]> = {};
  let known: ExpressionContext = context;
  for (const step of steps) {
    const outcome = applies(step.if, known) ? await runner.run(step, known) : 'skipped';
    outcomes[step.name ?? step.uses ?? step.run ?? ''] = outcome;
    const own = step.id === undefined ? {} : { [step.id]: { outcome, outputs: runner.outputs() } };
    known = { ...known, steps: { ...known.steps, ...own }, failed: known.failed || outcome === 'failure' };
  }
  return { outcomes, log: runner.log(), summary: runner.summary() };
}

function startRunner({ root, github, api = '' }: JobSurroundings) {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-runner-'));
  const files = { GITHUB_OUTPUT: 'output', GITHUB_STEP_SUMMARY: 'summary', GITHUB_EVENT_PATH: 'event.json' };
  const paths = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(folder, file)]));
  for (const path of Object.values(paths)) writeFileSync(path, '');
  writeFileSync(paths.GITHUB_EVENT_PATH ?? '', JSON.stringify(github.event));
  const env = runnerEnv({
    ...paths,
    ...{ GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: root, GITHUB_REPOSITORY: github.repository },
    ...{ GITHUB_EVENT_NAME: github.event_name, GITHUB_SERVER_URL: 'https://github.example', GITHUB_API_URL: api },
  });
  let log = '';
  const start = async (program: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const child = spawn(program, args, { cwd: root, env: { ...env, ...more } });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    log += out + err;
    return status === 0 ? ('success' as const) : ('failure' as const);
  };
  const script = (content: string) => {
    const path = join(folder, 'script');
    writeFileSync(path, content);
    return path;
  };
  return {
    log: () => log,
    summary: () => readFileSync(paths.GITHUB_STEP_SUMMARY ?? '', 'utf8'),
    outputs: () =>
      Object.fromEntries(
        readFileSync(paths.GITHUB_OUTPUT ?? '', 'utf8')
          .split('\n')
          .map((line) => line.split('=')),
      ),
    run: async ({ run, shell, uses = '', with: given = {}, env: own = {} }: Step, context: ExpressionContext) => {
      if (run !== undefined) {
        const flags = shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
        const more = Object.entries(own).map(([name, value]) => [name, filled(value, context)]);
        return start('bash', [...flags, script(filled(run, context))], Object.fromEntries(more));
      }
      if (!uses.startsWith('actions/github-script@')) return 'success' as const;
      return start(process.execPath, [join(import.meta.dirname, 'githubScript.ts'), script(given.script ?? '')]);
    },
  };
}
