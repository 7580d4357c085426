import { CommanderError } from 'commander';
import { Failure } from '#analyzer/failure.ts';
import { createPaint } from '#render/paint.ts';
import { RULES } from '#rules/index.ts';
import { explainText } from './commands/explain.ts';
import { init } from './commands/init.ts';
import { printConfig } from './commands/printConfig.ts';
import { rulesText } from './commands/rules.ts';
import type { ExitCode } from './exitCode.ts';
import { type Host, wantsColours } from './host.ts';
import { type Commands, createProgram } from './program.ts';
import { createProgress } from './progress.ts';

/** Runs the command line and gives the exit code: what a person can put right is one line on standard error, anything else keeps its stack. */
export async function main(args: readonly string[], host: Host, version: string): Promise<ExitCode> {
  try {
    return await dispatch(args, host, version);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const text =
      error instanceof Failure ? error.message : `unexpected failure\n${error instanceof Error ? error.stack : error}`;
    host.stderr.write(`${text.replace(/^(?=.)/gm, 'querylens: ')}\n`);
    return 2;
  }
}

async function dispatch(args: readonly string[], host: Host, version: string): Promise<ExitCode> {
  let code: ExitCode = 0;
  const paint = createPaint(wantsColours(host.stdout, host.env));
  const log = (text: string) => host.stderr.write(`${text}\n`);
  const output = {
    writeOut: (text: string) => host.stdout.write(text),
    writeErr: (text: string) => host.stderr.write(text),
  };
  const commands: Commands = {
    lint: async (paths, options) => {
      if (options.init) host.stdout.write(init(host.cwd));
      else if (options.printConfig) host.stdout.write(printConfig(paths, options, RULES, host.cwd));
      else code = await (await import('./commands/lint.ts')).lint(paths, options, { host, rules: RULES, version });
    },
    baseline: async (action, paths, { config = null }) => {
      const { baseline } = await import('./commands/baseline.ts');
      const progress = createProgress(host.stderr);
      const around = { rules: RULES, cwd: host.cwd, log, onPhase: progress.show };
      await baseline(action, paths, config, host.stdout, around).finally(progress.clear);
    },
    rules: ({ format }) => host.stdout.write(rulesText(RULES, format, paint)),
    explain: async (subject, { format, postgres = null }) => {
      if (!isPlace(subject)) return void host.stdout.write(explainText(subject, RULES, host.pages, paint));
      const { explainPlan } = await import('./commands/explainPlan.ts');
      const around = { rules: RULES, cwd: host.cwd, log, onPhase: () => undefined };
      host.stdout.write(await explainPlan(subject, { format, postgres }, around));
    },
    lsp: async () => (await import('./commands/lsp.ts')).lsp(process.argv),
    sql: async (place, { format }) => {
      const { sql } = await import('./commands/sql.ts');
      const around = { rules: RULES, cwd: host.cwd, log, onPhase: () => undefined, version };
      const { text, told } = await sql(place, format, around);
      host.stdout.write(text);
      code = told ? 0 : 2;
    },
    ingest: async (files, options) => {
      const { ingest } = await import('./commands/ingest.ts');
      code = (await ingest(files, options, host, { rules: RULES, log })) ? 0 : 2;
    },
    serve: async (options) => {
      const { serve } = await import('./commands/serve.ts');
      code = (await serve(options, host, { rules: RULES, log })) ? 0 : 2;
    },
    watch: async (names, options) => {
      const { watch } = await import('./commands/watch.ts');
      code = (await watch(names, options, host, { rules: RULES, log })) ? 0 : 2;
    },
    report: async (path, options) => {
      const { report } = await import('./commands/report.ts');
      await report(path, options, host, { rules: RULES, log });
    },
    indexes: async (path, options) => {
      const { indexes } = await import('./commands/indexes.ts');
      await indexes(path, options, host, { rules: RULES, log });
    },
    check: async (path, options) => {
      const { check } = await import('./commands/check.ts');
      code = await check(path, options, host, { rules: RULES, log });
    },
    diff: async (ref, options) => {
      const { diff } = await import('./commands/diff.ts');
      code = await diff(ref, options, host, { rules: RULES, log });
    },
    about: async () => {
      const { about } = await import('./commands/about.ts');
      host.stdout.write(await about(version));
    },
  };
  await createProgram(version, commands, output).parseAsync([...args], { from: 'user' });
  return code;
}

/** A rule's id has no colon. */
function isPlace(subject: string): boolean {
  return subject.includes(':');
}
