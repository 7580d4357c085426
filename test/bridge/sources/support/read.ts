import assert from 'node:assert/strict';
import type { Sample, StatementSample } from '#bridge/sample.ts';
import type { Source } from '#bridge/source.ts';

/** All that a source makes of a text. */
export function read(
  source: Source,
  text: string,
): { readonly samples: readonly Sample[]; readonly unreadable: readonly string[] } {
  const samples: Sample[] = [];
  const unreadable: string[] = [];
  const reader = source.open({ sample: (one) => samples.push(one), unreadable: (line) => unreadable.push(line) });
  for (const line of text.split('\n')) reader.line(line);
  reader.end();
  return { samples, unreadable };
}

/** A text gives these statements and nothing that cannot be read; of each only what is named is compared. */
export function check(source: Source, text: string, expected: readonly Partial<StatementSample>[]): void {
  const { samples, unreadable } = read(source, text);
  assert.deepEqual(unreadable, []);
  const seen = samples.map((sample, index) =>
    Object.fromEntries(Object.keys(expected[index] ?? sample).map((key) => [key, Reflect.get(sample, key)])),
  );
  assert.deepEqual(seen, expected);
}
