import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { type EffectiveSetting, type LeveledRule, optionSets, ruleLevels } from '#analyzer/ruleLevels.ts';
import type { RuleSetting, Settings } from '#shared/settings.ts';

const rule: LeveledRule = { id: 'a', preset: 'recommended', stage: 'stable' };
const set = (level: RuleSetting['level'], options = {}): Settings['rules'] => ({ a: { level, options } });
const settings = (changes: Partial<Settings>): Settings => ({ ...defaultSettings([]), ...changes });

function check(changes: Partial<Settings>, file: string, expected: EffectiveSetting, of = rule): void {
  assert.deepEqual(ruleLevels(settings(changes))(of, file), expected);
}

test('a preset holds the rules of those before it; experimental rules need all', () => {
  const strict = { ...rule, preset: 'strict' } as const;
  const experimental = { ...rule, stage: 'experimental' } as const;
  const on = { level: null, options: {} };
  const off = { level: 'off', options: {} } as const;
  check({}, 'x.ts', on);
  check({}, 'x.ts', off, strict);
  check({ preset: 'strict' }, 'x.ts', on, strict);
  check({ preset: 'strict' }, 'x.ts', off, experimental);
  check({ preset: 'all' }, 'x.ts', on, experimental);
  check({ rules: set('info') }, 'x.ts', { level: 'info', options: {} }, experimental);
});

test('later overrides win, options are merged, others stay', () => {
  const changes: Partial<Settings> = {
    rules: set('error', { n: 1, m: 1 }),
    overrides: [
      { files: ['jobs/**'], rules: set('hint', { n: 2 }) },
      { files: ['jobs/hot/**'], rules: set(null, { n: 3 }) },
      { files: ['**/*.test.ts'], rules: set('off') },
    ],
  };
  check(changes, 'src/x.ts', { level: 'error', options: { n: 1, m: 1 } });
  check(changes, 'jobs/x.ts', { level: 'hint', options: { n: 2, m: 1 } });
  check(changes, 'jobs/hot/x.ts', { level: 'hint', options: { n: 3, m: 1 } });
  check(changes, 'jobs/x.test.ts', { level: 'off', options: { n: 2, m: 1 } });
});

test('a rule runs once for each set of options that some file may want', () => {
  const sets = (changes: Partial<Settings>) => optionSets(settings(changes), rule);
  assert.deepEqual(sets({}), [{}]);
  assert.deepEqual(sets({ rules: set('off') }), []);
  assert.deepEqual(sets({ rules: set('off'), overrides: [{ files: ['a'], rules: set('info', { n: 1 }) }] }), [
    { n: 1 },
  ]);
  assert.deepEqual(sets({ overrides: [{ files: ['a'], rules: set('info') }] }), [{}]);
  assert.deepEqual(
    sets({
      overrides: [
        { files: ['a'], rules: set(null, { n: 1 }) },
        { files: ['b'], rules: set(null, { m: 1 }) },
      ],
    }),
    [{}, { n: 1 }, { m: 1 }, { n: 1, m: 1 }],
  );
});
