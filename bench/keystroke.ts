import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createAnalyzer, type Snapshot } from '../server/src/analyzer/analyzer.ts';
import { defaultSettings } from '../server/src/analyzer/loadSettings.ts';
import { RULES } from '../server/src/rules/index.ts';
import { liveWorkspace } from '../server/src/workspace/liveWorkspace.ts';
import { generateProject, projectFolder } from './generateProject.ts';
import { percentile, percentiles } from './percentiles.ts';
import { openTypeScriptServer, type Spent } from './tsserver.ts';
import { type Keystroke, typing } from './typing.ts';

// Typing in the largest file with queries of a tree: what the engine does from a changed text to findings, and what tsserver does for the
// semantic diagnostics of the same texts, one after the other in the same run.
const TURN_MS = 15;
const { values, positionals } = parseArgs({
  options: {
    /** Asked of tsserver after each so many keystrokes, because it may take seconds each time. */
    every: { type: 'string', default: '20' },
    'no-tsserver': { type: 'boolean', default: false },
    /** Print each keystroke slower than so many milliseconds of the processor. */
    above: { type: 'string' },
  },
  allowPositionals: true,
});
for (const path of positionals.length > 0 ? positionals : [generateProject(projectFolder(4000), 4000).folder])
  await bench(resolve(path));

async function bench(root: string): Promise<void> {
  const workspace = liveWorkspace(root);
  const analyzer = createAnalyzer({ workspace, settings: defaultSettings(RULES), rules: RULES, turnMs: TURN_MS });
  const snapshot = await analyzer.snapshot();
  const { file, text, strokes } = scene(root, snapshot);
  console.log(root);
  console.log(
    `  ${workspace.files().length} files; ${strokes.length} keystrokes in ${file} (${text.length} characters)`,
  );
  workspace.open(file, text);
  const ours = await replay(strokes, async (stroke) => {
    workspace.open(file, stroke.text);
    analyzer.update([file]);
    return (await analyzer.snapshot()).phases;
  });
  print('querylens', ours);
  if (values['no-tsserver']) return;
  const server = await openTypeScriptServer(root, file, text);
  const theirs: Spent[] = [];
  for (const [index, stroke] of strokes.entries()) {
    server.change(strokes[index - 1]?.text ?? text, stroke);
    if (index % Number(values.every) === 0) theirs.push(await server.diagnose());
  }
  server.end();
  print('tsserver', theirs);
  const ratio = percentile(processorOf(theirs), 95) / percentile(processorOf(ours), 95);
  console.log(`  querylens takes 1/${ratio.toFixed(1)} of the work at p95\n`);
}

/** The largest file with queries, and what is typed above the first of them that stands on a line of its own. */
function scene(root: string, { graph }: Snapshot) {
  const texts = new Map(graph.sites.map(({ file }) => [file, readFileSync(join(root, file), 'utf8')]));
  const [file, text] = [...texts].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? stop('no file has a query');
  const statement = /^\s*(?:const [^=]*= |return )?await $/;
  const site =
    graph.sites.find(({ file: at, call }) => {
      const line = text.slice(text.lastIndexOf('\n', call.span.start) + 1, call.span.start);
      return at === file && statement.test(line);
    }) ?? stop(`${file} has no query at the start of a statement`);
  const callee = text
    .slice(site.call.span.start, site.call.nameSpan.start)
    .replace(/\s*\.\s*/g, '.')
    .replace(/\.$/, '');
  return { file, text, strokes: typing(text, site.call.span.start, callee) };
}

async function replay(
  strokes: readonly Keystroke[],
  work: (stroke: Keystroke) => Promise<Readonly<Record<string, number>>>,
): Promise<readonly Spent[]> {
  const spent: Spent[] = [];
  for (const stroke of strokes) {
    const [clock, used] = [performance.now(), process.threadCpuUsage()];
    const phases = await work(stroke);
    const { user, system } = process.threadCpuUsage(used);
    const one = { clock: performance.now() - clock, processor: (user + system) / 1000 };
    spent.push(one);
    if (values.above && one.processor > Number(values.above)) tell(stroke, one, phases);
  }
  return spent;
}

function tell(stroke: Keystroke, { processor }: Spent, phases: Readonly<Record<string, number>>): void {
  const line = stroke.text.slice(stroke.text.lastIndexOf('\n', stroke.start - 1) + 1, stroke.start + 1);
  const times = Object.entries(phases).map(([phase, ms]) => `${phase} ${ms.toFixed(0)}`);
  console.log(`    ${processor.toFixed(0)} ms after ${JSON.stringify(line)}: ${times.join(', ')}`);
}

function print(name: string, spent: readonly Spent[]): void {
  console.log(`  ${name.padEnd(10)} ${percentiles(processorOf(spent))} ms of the processor`);
  console.log(`  ${''.padEnd(10)} ${percentiles(spent.map(({ clock }) => clock))} ms on the clock`);
}

function processorOf(spent: readonly Spent[]): readonly number[] {
  return spent.map(({ processor }) => processor);
}

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}
