import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import type { Snapshot } from '#analyzer/analyzer.ts';
import { analyse } from '#test/support/analyse.ts';
import { assertExpected, type Expectation, readExpectations } from '#test/support/expectations.ts';

// Small applications in the manner of real ones: what they do with care stays silent, what hurts is underlined in their code.

interface System {
  readonly files: Readonly<Record<string, string>>;
  readonly expectations: readonly Expectation[];
}

function systemOf(name: string): System {
  const root = join(import.meta.dirname, 'fixtures', name);
  const paths = readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')] : [],
  );
  const read = paths.map((path) => [path, readExpectations(path, readFileSync(join(root, path), 'utf8'))] as const);
  return {
    files: Object.fromEntries(read.map(([path, { text }]) => [path, text])),
    expectations: read.flatMap(([, { expectations }]) => expectations),
  };
}

function assertUnderstood({ problems, coverage }: Snapshot): void {
  assert.deepEqual(problems, []);
  assert.deepEqual(coverage.unresolved, []);
  assert.ok(coverage.understood > 0);
}

/** Finds what the code underlines and nothing else. */
function check(name: string): void {
  test(`${name} as it is`, async () => {
    const { files, expectations } = systemOf(name);
    const snapshot = await analyse(files);
    assertUnderstood(snapshot);
    assertExpected(files, expectations, snapshot.findings);
  });
}

/** Finds besides what it finds anyway, once something is taken away. */
function checkWithout(name: string, file: RegExp, without: RegExp, rule: string, says: RegExp): void {
  test(`${name} without ${without.source}`, async () => {
    const { files } = systemOf(name);
    const path = Object.keys(files).find((each) => file.test(each));
    const text = files[path ?? ''];
    assert.ok(path && text && without.test(text));
    const before = await analyse(files);
    const after = await analyse({ ...files, [path]: text.replaceAll(new RegExp(without, 'g'), '') });
    const known = new Set(before.findings.map(({ message }) => message));
    const fresh = after.findings.filter(({ message }) => !known.has(message));
    assert.deepEqual(
      fresh.map((finding) => finding.rule),
      [rule],
    );
    assert.match(fresh[0]?.message ?? '', says);
  });
}

describe('a gallery with a Discord bot, on Next and Redis', () => {
  check('gallery');
  checkWithout(
    'gallery',
    /schema/,
    / *@@index\(\[shown, createdAt\]\)\n/,
    'missing-index',
    /`createdAt` in which 3 queries/,
  );
});

describe('a diary of moments, behind pgbouncer', () => {
  check('diary');
  checkWithout(
    'diary',
    /migration/,
    /CREATE INDEX idx_moments_(?:status_time|time_range).*\n/,
    'missing-index',
    /`startsAt`/,
  );
});

describe('a help desk with wrappers around everything', () => {
  check('helpdesk');
});

describe('a bank of sounds, on Next, Knex and PostgreSQL', () => {
  check('soundbank');
  checkWithout(
    'soundbank',
    /002_indexes/,
    /CREATE INDEX CONCURRENTLY recordings_member.*\n/,
    'missing-index',
    /CREATE INDEX CONCURRENTLY recordings_member_id_recorded_at_idx/,
  );
});

describe('a notice board, on Express and MySQL', () => {
  check('noticeboard');
  checkWithout('noticeboard', /posts.ts/, / LIMIT 50/, 'unbounded-query', /every row with that `post_id`/);
});
