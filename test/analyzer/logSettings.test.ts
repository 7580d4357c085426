import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { logPatternFault } from '#analyzer/logPatternFault.ts';
import { moveSettings } from '#analyzer/moveSettings.ts';

describe('settings about logs', () => {
  test('move with the folder they were written for, save paths that are absolute', () => {
    const settings = { ...defaultSettings([]), logs: ['logs/*.log', './a.log', '../b.log', '/var/log/pg/*.log'] };
    assert.deepEqual(moveSettings(settings, 'apps/api').logs, [
      'apps/api/logs/*.log',
      'apps/api/a.log',
      'apps/b.log',
      '/var/log/pg/*.log',
    ]);
  });

  const patterns: readonly (readonly [pattern: string, usable: boolean])[] = [
    ['(?<name>\\S+) took (?<ms>\\d+)', true],
    ['(?<sql>SELECT .*) (?<s>[\\d.]+)s', true],
    ['(?:a|b) \\(?<= (?<name>x)(?<ms>1)', true],
    ['\\\\1(?<name>x)(?<ms>1)', true],
    ['(?<=a)(?<name>x)(?<ms>1)', false],
    ['(?!a)(?<name>x)(?<ms>1)', false],
    ['(?<name>x)(?<ms>1)\\1', false],
    ['(?<name>x)(?<ms>1)\\k<name>', false],
    ['(?<name>x)(?<ms>1)\\', false],
  ];
  for (const [pattern, usable] of patterns)
    test(`${usable ? 'allow' : 'refuse'} ${pattern}`, () => assert.equal(logPatternFault(pattern) === null, usable));
});
