import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { sarif } from '#cli/reporters/sarif.ts';
import { ruleTexts } from '#cli/ruleTexts.ts';
import { RULES } from '#rules/index.ts';
import { CLIENT, LOOP, projectFolder, SMALL_SCHEMA } from '#test/support/projectFolder.ts';
import { FULL_REPORT } from './reportExample.ts';
import { runCli } from './runCli.ts';

// What GitHub's code scanning asks of SARIF beyond its schema, as its documentation says:
// docs.github.com, "SARIF support for code scanning" and "SARIF results exceed limits".

function runOf(text: string): Run {
  const log: Log = JSON.parse(text);
  assert.equal(log.runs.length, 1);
  const [run] = log.runs;
  assert.ok(run);
  return run;
}

const [loop] = FULL_REPORT.findings;
assert.ok(loop);

describe('code scanning', () => {
  test('gets of every rule what it shows', () => {
    const rules = ruleTexts(RULES);
    const findings = rules.map(({ id }) => ({ ...loop, rule: id }));
    const { tool, results = [] } = runOf(sarif({ ...FULL_REPORT, rules, findings }));
    const described = tool.driver.rules ?? [];
    assert.equal(described.length, rules.length);
    for (const rule of described) checkRule(rule);
    for (const { ruleId, ruleIndex } of results) assert.equal(described[ruleIndex ?? -1]?.id, ruleId);
  });

  test('gets of every result a place, a level and an identity of its own', () => {
    const { results = [] } = runOf(sarif(FULL_REPORT));
    for (const result of results) checkResult(result);
    const fingerprints = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    assert.equal(new Set(fingerprints).size, FULL_REPORT.findings.length);
  });

  test('finds further places by links in the message', () => {
    const related = [...loop.related, ...loop.related.map((at) => ({ ...at, message: 'ids[0] is read' }))];
    const { results = [] } = runOf(sarif({ ...FULL_REPORT, findings: [{ ...loop, related }] }));
    assert.match(results[0]?.message.text ?? '', /\n\nSee \[the loop\]\(0\), \[ids\\\[0\\\] is read\]\(1\)\.$/);
    assert.deepEqual(
      results[0]?.relatedLocations?.map(({ id }) => id),
      [0, 1],
    );
  });

  test('gets no more than it takes, the loudest, and says so', () => {
    const many = Array.from({ length: 25_100 }, (_, at) => ({ ...loop, id: String(at).padStart(16, '0') }));
    const loud = { ...loop, severity: 'error' as const };
    const text = sarif({ ...FULL_REPORT, findings: [...many, loud], problems: [] });
    const { results = [], invocations = [] } = runOf(text);
    assert.deepEqual([results.length, results[0]?.level], [25_000, 'error']);
    assert.match(JSON.stringify(invocations), /101 further findings are left out: GitHub takes 25000 of a run/);
    assert.ok(gzipSync(text).length < 10 * 1024 * 1024);
  });
});

function checkRule({ id, shortDescription, fullDescription, help, properties }: ReportingDescriptor): void {
  for (const text of [shortDescription?.text, fullDescription?.text])
    assert.ok(text && text.length <= 1024, `${id}: ${text}`);
  assert.ok(help?.text && help.markdown, id);
  assert.ok((properties?.tags ?? []).length <= 10, id);
}

function checkResult({ ruleId, level, message, locations = [], partialFingerprints }: Result): void {
  assert.ok(ruleId && message.text && Object.keys(partialFingerprints ?? {}).length > 0);
  assert.ok(['note', 'warning', 'error'].includes(String(level)));
  assert.equal(locations.length, 1);
  const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
  const { uri = '', uriBaseId } = artifactLocation ?? {};
  // Relative, and the same once it is parsed and printed: nothing in it needs escaping any more.
  assert.equal(new URL(uri, 'https://example.org/').pathname, `/${uri}`);
  assert.equal(uriBaseId, 'SRCROOT');
  for (const at of [region?.startLine, region?.startColumn, region?.endLine, region?.endColumn])
    assert.ok(Number.isInteger(at) && Number(at) > 0);
}

describe('paths for services', () => {
  const files = { 'prisma/schema.prisma': SMALL_SCHEMA, 'src/db.ts': CLIENT, 'src/titles.ts': LOOP };
  const inPackage = Object.entries({ ...files, 'package.json': '{ "name": "api" }' });
  const monorepo = Object.fromEntries(inPackage.map(([path, text]) => [`packages/api/${path}`, text]));
  const says = (name: string, format: string, variable: string, path: string): void => {
    test(name, async (context) => {
      const root = projectFolder(context, monorepo);
      mkdirSync(join(root, 'other'));
      const args = ['lint', '--format', format];
      const cwd = join(root, 'packages/api');
      const at = async (folder: string) => (await runCli(args, cwd, { env: { [variable]: folder } })).stdout;
      assert.ok((await at(root)).includes(path.replace('src', 'packages/api/src')));
      for (const elsewhere of ['', join(root, 'other'), join(root, 'missing')])
        assert.ok((await at(elsewhere)).includes(path));
    });
  };
  says('annotations start at the checkout', 'github', 'GITHUB_WORKSPACE', 'file=src/titles.ts,');
  says('so does SARIF', 'sarif', 'GITHUB_WORKSPACE', '"uri": "src/titles.ts"');
  says("and GitLab's report", 'gitlab', 'CI_PROJECT_DIR', '"path": "src/titles.ts"');
});
