import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AnalyzerOptions, createAnalyzer } from '#analyzer/analyzer.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { RULES } from '#rules/index.ts';
import { type EditableWorkspace, editableWorkspace } from '#test/support/editableWorkspace.ts';
import { CLIENT, LOOP, SMALL_SCHEMA } from '#test/support/projectFolder.ts';

const COUNT = 30;
const FILES = {
  'prisma/schema.prisma': SMALL_SCHEMA,
  'src/db.ts': CLIENT,
  ...Object.fromEntries(Array.from({ length: COUNT }, (_, at) => [`src/titles${at}.ts`, LOOP])),
  'src/caller.ts': `import { titles } from './titles0';\nexport const GET = async () => Response.json(await titles([1]));\n`,
};

function analyzerOf(workspace: EditableWorkspace, more: Partial<AnalyzerOptions> = {}) {
  return createAnalyzer({ workspace, settings: defaultSettings(RULES), rules: RULES, ...more });
}

/** Counts the turns others get until the work is done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let done = false;
  const count = () => {
    turns++;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await work;
  done = true;
  return turns;
}

describe('an analyzer with a pace', () => {
  it('gives others their turn again and again, and the same answer', async () => {
    const paced = analyzerOf(editableWorkspace(FILES), { turnMs: 0 });
    const answer = paced.snapshot();
    assert.ok((await turnsDuring(answer)) > COUNT);
    const plain = await analyzerOf(editableWorkspace(FILES)).snapshot();
    assert.deepEqual((await answer).findings, plain.findings);
  });

  it('stops with the reason when it is aborted, and keeps the facts it has', async () => {
    const workspace = editableWorkspace(FILES);
    const controller = new AbortController();
    const stop = new Error('typed on');
    const onProgress = (done: number) => done === COUNT / 2 && controller.abort(stop);
    const analyzer = analyzerOf(workspace, { turnMs: 0, onProgress });
    await assert.rejects(analyzer.snapshot(controller.signal), stop);
    workspace.takeReads();
    const { findings } = await analyzer.snapshot();
    assert.equal(findings.length, (await analyzerOf(editableWorkspace(FILES)).snapshot()).findings.length);
    const reads = workspace.takeReads().filter((path) => path.startsWith('src/'));
    assert.ok(reads.length < COUNT, `${reads.length} files were read again`);
  });

  it('answers one question after the other, each over the state it finds', async () => {
    const workspace = editableWorkspace(FILES);
    const analyzer = analyzerOf(workspace, { turnMs: 0 });
    const first = analyzer.snapshot();
    const second = analyzer.snapshot();
    await new Promise(setImmediate);
    workspace.write('src/titles1.ts', 'export {};\n');
    analyzer.update(['src/titles1.ts']);
    const [third, fresh] = [analyzer.snapshot(), analyzerOf(workspace).snapshot()];
    await Promise.all([first, second]);
    assert.deepEqual((await third).findings, (await fresh).findings);
  });

  it('is told how far it is, up to all files it needs', async () => {
    const told: (readonly [number, number])[] = [];
    const onProgress = (done: number, total: number) => told.push([done, total]);
    const { coverage } = await analyzerOf(editableWorkspace(FILES), { onProgress }).snapshot();
    assert.deepEqual(told.at(-1), [coverage.parsed, coverage.parsed]);
    assert.ok(told.every(([done, total]) => done <= total));
  });
});

describe('a first look', () => {
  it('gives the findings of the files asked for, and reads no file they do not lead to', async () => {
    const workspace = editableWorkspace(FILES);
    const analyzer = analyzerOf(workspace);
    const { findings } = await analyzer.firstLook(['src/titles3.ts']);
    const all = (await analyzerOf(editableWorkspace(FILES)).snapshot()).findings;
    assert.deepEqual(
      findings.map(({ id, message }) => [id, message]),
      all.filter(({ file }) => file === 'src/titles3.ts').map(({ id, message }) => [id, message]),
    );
    assert.deepEqual(
      workspace.takeReads().filter((path) => path.startsWith('src/')),
      ['src/titles3.ts', 'src/db.ts'],
    );
  });

  it('leaves the whole answer as it would be', async () => {
    const workspace = editableWorkspace(FILES);
    const analyzer = analyzerOf(workspace);
    await analyzer.firstLook(['src/titles3.ts']);
    const { findings, coverage } = await analyzer.snapshot();
    const fresh = await analyzerOf(workspace).snapshot();
    assert.deepEqual({ findings, coverage }, { findings: fresh.findings, coverage: fresh.coverage });
  });

  it('looks at files that are gone as if nobody had asked', async () => {
    assert.deepEqual((await analyzerOf(editableWorkspace(FILES)).firstLook(['src/gone.ts'])).findings, []);
  });
});
