import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FileRole } from '#graph/projectGraph.ts';
import { roleOf } from '#graph/roles.ts';

const ROLES: Readonly<Record<FileRole, readonly string[]>> = {
  app: [
    'src/orders/service.ts',
    'app/api/scripts/route.ts',
    'app/(admin)/migrations/page.tsx',
    'pages/api/test-results/seed.ts',
    'src/latest/contest.ts',
    'src/seedling/plant.ts',
    'src/generateReport.ts',
    'src/inspection/spectrum.ts',
  ],
  test: [
    'src/a.test.ts',
    'src/__tests__/a.ts',
    'test/a.ts',
    'apps/web-e2e/src/a.ts',
    'e2e/a.ts',
    'cypress/support/a.ts',
    'playwright.config.ts',
    'src/a.e2e-spec.ts',
    'vitest.setup.ts',
  ],
  migration: [
    'prisma/migrations/2024/fix.ts',
    'prisma/data-migrations/a.ts',
    'src/migrateUsers.ts',
    'src/backfill-emails.ts',
  ],
  seed: [
    'prisma/seed.ts',
    'prisma/seed/users.ts',
    'packages/db/src/seeder/a.ts',
    'src/seedUsers.ts',
    'src/dev-seed.ts',
  ],
  script: ['scripts/fix.ts', 'packages/db/scripts/a.mts', 'bin/run.js', 'src/cleanup.script.ts', 'examples/a.ts'],
  fixture: [
    'src/__mocks__/db.ts',
    'test/fixtures/a.ts',
    'src/button.stories.tsx',
    '.storybook/main.ts',
    'src/__fixtures__/a.ts',
  ],
  generated: ['src/generated/client/index.ts', 'src/__generated__/a.ts', 'src/routes.gen.ts'],
};

describe('the role of a path', () => {
  for (const [role, paths] of Object.entries(ROLES)) {
    for (const path of paths) it(`${path} is ${role}`, () => assert.equal(roleOf(path), role));
  }
});
