import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dated } from '#analyzer/newFiles.ts';

test('a new file gets the moment it is asked for into its name, in UTC', () => {
  const now = new Date('2026-01-31T19:45:09.123+02:00');
  const { file, text } = dated({ file: 'migrations/{timestamp}_add/migration.sql', text: 'SELECT 1;\n' }, now);
  assert.equal(file, 'migrations/20260131174509_add/migration.sql');
  assert.equal(text, 'SELECT 1;\n');
  assert.equal(dated({ file: 'a/b.ts', text }, now).file, 'a/b.ts');
});
