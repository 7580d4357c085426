import { createPaint } from '#render/paint.ts';
import type { Rule } from '#rules/rule.ts';
import { pathsFrom } from '../checkout.ts';
import { type ExitCode, exitCode } from '../exitCode.ts';
import { type Host, wantsColours } from '../host.ts';
import { checkLintOptions, type LintOptions, type RawLintOptions } from '../lintOptions.ts';
import { lintProjects } from '../lintProjects.ts';
import type { LintReport, Stats } from '../lintReport.ts';
import { measuredLine } from '../measuredLine.ts';
import { createProgress } from '../progress.ts';
import { REPORTERS } from '../reporters/reporters.ts';
import { ruleTexts } from '../ruleTexts.ts';

/** Lints, prints the report and says how the process should end. */
export async function lint(
  paths: readonly string[],
  raw: RawLintOptions,
  { host, rules, version }: { readonly host: Host; readonly rules: readonly Rule[]; readonly version: string },
): Promise<ExitCode> {
  const started = performance.now();
  const options = checkLintOptions(raw, rules);
  const progress = createProgress(host.stderr);
  const stdin = options.stdin ? await readAll(host.stdin) : null;
  const log = (text: string) => host.stderr.write(host.env.QUERYLENS_DEBUG ? `${text}\n` : '');
  const from = pathsFrom(options.format, host);
  const around = { rules, cwd: host.cwd, from, log, onPhase: progress.show };
  const outcome = await lintProjects(paths, options, stdin, around);
  progress.clear();
  for (const complaint of outcome.complaints) host.stderr.write(`querylens: ${complaint}\n`);
  const stats: Stats = {
    phases: outcome.phases,
    totalMs: performance.now() - started,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  };
  const report: LintReport = { ...outcome, version, rules: ruleTexts(rules), stats: options.stats ? stats : null };
  print(report, options, host);
  return exitCode(report, options);
}

function print(report: LintReport, { format, stats }: LintOptions, host: Host): void {
  host.stdout.write(REPORTERS[format](report, createPaint(wantsColours(host.stdout, host.env))));
  const shown = format === 'stylish' || format === 'json';
  if (stats && !shown) host.stderr.write(`${JSON.stringify(report.stats)}\n`);
  if (report.measured && !shown) host.stderr.write(`querylens: ${measuredLine(report.measured)}\n`);
  if (format === 'github' || format === 'gitlab' || format === 'junit') {
    for (const { file, message } of report.problems)
      host.stderr.write(`querylens: ${file ? `${file}: ` : ''}${message}\n`);
  }
  for (const { rule, file } of format === 'stylish' ? [] : report.baseline.stale) {
    host.stderr.write(
      `querylens: stale baseline entry: ${rule} in ${file} is gone; run \`querylens baseline prune\`\n`,
    );
  }
}

async function readAll(stream: Host['stdin']): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}
