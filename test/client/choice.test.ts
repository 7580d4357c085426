import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Memory, rememberedChoice } from '#client/state/choice.ts';

const VALUES = ['proof', 'rule', 'route'] as const;

function memory(kept: unknown): Memory {
  const values = new Map<string, unknown>([['grouping', kept]]);
  return {
    get: (key) => values.get(key),
    update: async (key, value) => void values.set(key, value),
  };
}

test('a choice is told to listeners and outlives the window', () => {
  const kept = memory(undefined);
  const choice = rememberedChoice(kept, 'grouping', VALUES);
  assert.equal(choice.value(), 'proof');
  const heard: string[] = [];
  const listening = choice.onChange((value) => heard.push(value));
  choice.choose('route');
  listening.dispose();
  choice.choose('rule');
  assert.deepEqual(heard, ['route']);
  assert.equal(rememberedChoice(kept, 'grouping', VALUES).value(), 'rule');
});

test('what was kept by an older version and is no choice any more is ignored', () => {
  assert.equal(rememberedChoice(memory('severity'), 'grouping', VALUES).value(), 'proof');
  assert.equal(rememberedChoice(memory(7), 'grouping', VALUES).value(), 'proof');
});
