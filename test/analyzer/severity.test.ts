import assert from 'node:assert/strict';
import { test } from 'node:test';
import { severityOf, type Weight } from '#analyzer/severity.ts';
import type { Severity } from '#shared/finding.ts';
import type { ReportableRole } from '#shared/settings.ts';

const USUAL: Weight = { proof: 'schema', usual: 'warning', weighed: undefined, level: null, role: 'app' };

function check(weight: Partial<Weight>, expected: Severity | null, include: readonly ReportableRole[] = []): void {
  assert.equal(severityOf({ ...USUAL, ...weight }, include), expected);
}

test('the rule decides: its default, or what it weighs a case', () => {
  check({}, 'warning');
  check({ weighed: 'info' }, 'info');
  check({ weighed: 'error' }, 'error');
});

test('the configuration wins over both', () => {
  check({ level: 'error', weighed: 'info' }, 'error');
  check({ level: 'hint' }, 'hint');
  check({ level: 'off' }, null);
});

test('nothing below the schema is louder than a hint', () => {
  check({ proof: 'pattern' }, 'hint');
  check({ proof: 'pattern', level: 'error' }, 'hint');
  check({ proof: 'observed' }, 'warning');
  check({ proof: 'plan', level: 'error' }, 'error');
});

test('code other than the application is left out, and at most a hint when asked for', () => {
  check({ role: 'script' }, null);
  check({ role: 'script', level: 'error' }, null);
  check({ role: 'script', level: 'error' }, 'hint', ['script']);
  check({ role: 'test' }, null, ['script']);
});
