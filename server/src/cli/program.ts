import { Command, Option, type OutputConfiguration } from 'commander';
import type { CheckOptions } from './commands/check.ts';
import type { DiffOptions } from './commands/diff.ts';
import type { IndexesOptions } from './commands/indexes.ts';
import type { IngestOptions } from './commands/ingest.ts';
import type { ServeOptions } from './commands/serve.ts';
import type { WatchOptions } from './commands/watch.ts';
import type { RawLintOptions } from './lintOptions.ts';
import { REPORTERS } from './reporters/reporters.ts';
import { REPORT_FORMATS, REPORT_PAGE, type ReportOptions } from './reportOptions.ts';

/** What the commands do, so that the grammar of the command line stands alone. */
export interface Commands {
  lint(paths: readonly string[], options: RawLintOptions): Promise<void>;
  baseline(action: 'create' | 'prune', paths: readonly string[], options: { readonly config?: string }): Promise<void>;
  rules(options: { readonly format: string }): void;
  explain(subject: string, options: { readonly format: 'text' | 'json'; readonly postgres?: string }): Promise<void>;
  lsp(): Promise<void>;
  sql(place: string, options: { readonly format: 'text' | 'json' }): Promise<void>;
  ingest(files: readonly string[], options: IngestOptions): Promise<void>;
  watch(names: readonly string[], options: WatchOptions): Promise<void>;
  serve(options: ServeOptions): Promise<void>;
  report(path: string, options: ReportOptions): Promise<void>;
  indexes(path: string, options: IndexesOptions): Promise<void>;
  check(path: string, options: CheckOptions): Promise<void>;
  diff(ref: string, options: DiffOptions): Promise<void>;
  about(): Promise<void>;
}

/** Of `ingest`, `watch` and `serve`. */
const DEPLOY =
  'what was running, as a version or a commit; QUERYLENS_DEPLOY says it too, else the log does, or the commit that is checked out';

const EXIT_CODES = `
Exit codes: 0 nothing to complain about, 1 errors, more warnings than --max-warnings, a broken schema or stale baseline entries,
2 the run itself failed. Hints and infos never fail a run.`;

/** The grammar of the command line; parsing it runs one of the commands. Output is set first, because subcommands take it over when they are made. */
export function createProgram(version: string, commands: Commands, output: OutputConfiguration): Command {
  const program = new Command('querylens')
    .description('Finds the slow Prisma calls in a TypeScript project, says why they are slow and what to do.')
    .version(version, '-v, --version')
    .showSuggestionAfterError()
    .configureOutput(output)
    .exitOverride();
  addLint(program, commands);
  program
    .command('baseline')
    .description('accept all present findings (create), or drop accepted ones that are gone (prune)')
    .addArgument(program.createArgument('<action>', 'create or prune').choices(['create', 'prune']))
    .argument('[paths...]', 'folders or files, the current folder when none is given')
    .option('--config <file>', 'configuration file instead of the nearest one')
    .action((action, paths, options) => commands.baseline(action, paths, options));
  program
    .command('rules')
    .description('list the rules')
    .addOption(new Option('--format <name>', 'how to print').choices(['stylish', 'json']).default('stylish'))
    .action((options) => commands.rules(options));
  addExplain(program, commands);
  addLsp(program, commands);
  program
    .command('sql')
    .description('print the SQL a Prisma call sends, without a database')
    .argument('<place>', 'FILE:LINE or FILE:LINE:COLUMN')
    .addOption(new Option('--format <name>', 'how to print').choices(['text', 'json']).default('text'))
    .action((place, options) => commands.sql(place, options));
  program
    .command('ingest')
    .description('count the executions in logs on the calls of a project')
    .argument(
      '<files...>',
      'logs, folders of logs or globs, packed or not; - is the standard input; http://… is a page of metrics, postgresql://… a database',
    )
    .option('--cwd <project>', 'the project, where it is not that of the current folder')
    .option('--format <id>', 'how to read them, where their beginning does not tell')
    .option('--explain-unmatched', 'list the SQL that no call is known to send')
    .option('--deploy <name>', DEPLOY)
    .option('--no-deploy', 'do not tell what was running by the commit that is checked out')
    .option('--json', 'tell how it goes as events, one JSON object a line')
    .action((files, options) => commands.ingest(files, options));
  program
    .command('watch')
    .description('count the executions in logs as they are written')
    .argument(
      '[files...]',
      "logs, folders of logs or globs; without any the configuration's `logs` and what the probe writes",
    )
    .option('--cwd <project>', 'the project, where it is not that of the current folder')
    .option('--format <id>', 'how to read them, where their beginning does not tell')
    .option('--deploy <name>', DEPLOY)
    .option('--no-deploy', 'do not tell what was running by the commit that is checked out')
    .option('--json', 'tell how it goes as events, one JSON object a line')
    .addOption(new Option('--clientProcessId <pid>', 'end when this process does').hideHelp())
    .action((files, options) => commands.watch(files, options));
  program
    .command('serve')
    .description('count what applications on this machine send: OpenTelemetry traces and what the probe saw')
    .option('--port <number>', 'where to listen, on this machine only; 0 takes any port', '4318')
    .option('--cwd <project>', 'the project, where it is not that of the current folder')
    .option('--explain-unmatched', 'list in the end the SQL that no call is known to send')
    .option('--deploy <name>', DEPLOY)
    .option('--no-deploy', 'do not tell what was running by the commit that is checked out')
    .option('--json', 'tell what happens as one JSON object a line')
    .addOption(new Option('--clientProcessId <pid>', 'end when this process does').hideHelp())
    .action((options) => commands.serve(options));
  program
    .command('report')
    .description('show where the time goes: measured queries, what each route costs, findings and indexes')
    .argument('[project]', 'the project, where it is not that of the current folder', '.')
    .addOption(new Option('--format <name>', 'how to print').choices([...REPORT_FORMATS]).default('markdown'))
    .option('--output <file>', `where to write it, instead of the standard output; a page goes to ${REPORT_PAGE}`)
    .option('--rows <n>', 'how much of each list Markdown and Prometheus show; the other formats hold all', '20')
    .option('--evidence', 'fail where nothing was measured; what was is used where it is there')
    .option('--no-evidence', 'leave out what was measured')
    .action((path, options) => commands.report(path, options));
  addIndexes(program, commands);
  program
    .command('check')
    .description('hold the application to the budgets of its configuration')
    .argument('[project]', 'the project, where it is not that of the current folder', '.')
    .addOption(new Option('--format <name>', 'how to print').choices(['text', 'json']).default('text'))
    .option('--evidence', 'fail where nothing was measured')
    .action((path, options) => commands.check(path, options));
  program
    .command('diff')
    .description('say what was done since the branch left another: findings, costs of routes, budgets')
    .argument('<base>', 'a branch, tag or commit, such as origin/main')
    .option('--cwd <project>', 'the project, where it is not that of the current folder')
    .addOption(new Option('--format <name>', 'how to print').choices(['markdown', 'json']).default('markdown'))
    .option('--evidence', 'fail where nothing was measured; what was is used where it is there')
    .option('--no-evidence', 'leave out what was measured')
    .option('--link <address>', 'where places can be looked at, such as https://example.org/{commit}/{file}#L{line}')
    .action((base, options) => commands.diff(base, options));
  program
    .command('about')
    .description('print the versions a bug report needs')
    .action(() => commands.about());
  return program;
}

function addExplain(program: Command, commands: Commands): void {
  program
    .command('explain')
    .description("print a rule's page, or the plan of a Prisma call")
    .argument('<rule or place>', 'rule id, FILE:LINE or FILE:LINE:COLUMN')
    .addOption(new Option('--format <name>', 'how to print a plan').choices(['text', 'json']).default('text'))
    .option('--postgres <server>', '"embedded", or the address of a server where a database may be made and dropped')
    .action((subject, options) => commands.explain(subject, options));
}

function addIndexes(program: Command, commands: Commands): void {
  program
    .command('indexes')
    .description('say which indexes the queries need, and write them into the schema and its migrations')
    .argument('[project]', 'the project, where it is not that of the current folder', '.')
    .addOption(new Option('--format <name>', 'how to print').choices(['text', 'markdown', 'json']).default('text'))
    .option('--hints', 'also those that are only hints')
    .option('--write', 'add them to the schema, and a migration for each where there are migrations')
    .option('--no-migrations', 'write no migrations')
    .option('--drop', 'with --write, take out the indexes that are superfluous')
    .option('--evidence', 'fail where nothing was measured; what was is used where it is there')
    .option('--no-evidence', 'leave out what was measured')
    .action((path, options) => commands.indexes(path, options));
}

/** The options are read by the server's connection; they stand here to be known and explained. */
function addLsp(program: Command, commands: Commands): void {
  program
    .command('lsp')
    .description('run the language server, for editors')
    .option('--stdio', 'speak over standard input and output (the default)')
    .option('--node-ipc', 'speak over the channel of a forked Node process')
    .option('--socket <port>', 'connect to a port of this machine')
    .option('--pipe <name>', 'connect to a named pipe or a socket file')
    .addOption(new Option('--clientProcessId <pid>', 'end when this process does').hideHelp())
    .action(() => commands.lsp());
}

function addLint(program: Command, commands: Commands): void {
  const collect = (value: string, all: readonly string[] = []) => [...all, value];
  program
    .command('lint', { isDefault: false })
    .description('report what costs too much')
    .argument('[paths...]', 'folders or files, the current folder when none is given')
    .option('--format <name>', `how to print: ${Object.keys(REPORTERS).join(', ')}`, 'stylish')
    .option('--config <file>', 'configuration file instead of the nearest one')
    .option('--rule <id=level>', "set a rule's level: off, hint, info, warning, error (repeatable)", collect)
    .option(
      '--include <role>',
      'report test, seed, script, migration, fixture or generated files too, as hints',
      collect,
    )
    .option('--max-warnings <n>', 'warnings to tolerate', '0')
    .option('--quiet', 'report errors and warnings only')
    .option('--changed', 'judge only files that differ from the last commit')
    .option('--since <ref>', 'judge only files that differ from where the branch left <ref>')
    .option('--baseline <file>', 'file of accepted findings instead of the configured one')
    .option('--no-baseline', 'report accepted findings too')
    .option('--pass-on-stale', 'do not fail on baseline entries whose finding is gone')
    .option('--fix', 'apply the safe fixes')
    .option('--fix-dry-run', 'report as if the safe fixes were applied, and write nothing')
    .option('--stdin', 'read the text of one file from standard input')
    .option('--stdin-filename <path>', 'where the text on standard input belongs')
    .option('--plans', "hold missing indexes against the database's plans, over tables without rows")
    .option('--postgres <server>', 'where to ask PostgreSQL for plans, as for explain; implies --plans')
    .option('--evidence', 'fail where nothing was measured; what was is used where it is there')
    .option('--no-evidence', 'leave out what was measured')
    .option('--stats', 'show times and memory')
    .option('--print-config', 'print the settings in effect and stop')
    .option('--init', 'write a querylens.config.json and stop')
    .addHelpText('after', EXIT_CODES)
    .action((paths, options) => commands.lint(paths, options));
}
