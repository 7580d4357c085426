import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reportedQueries } from '#analyzer/report/reportedQueries.ts';
import type { Measurement, MeasurementDetail } from '#shared/measurement.ts';
import { analyse } from '#test/support/analyse.ts';
import { NO_BUDGETS } from './noBudgets.ts';

const COUNT = 53;
const DETAIL: MeasurementDetail = { histogram: [{ upToMs: 1, calls: 1 }], trend: [], slowestPlan: null };

const FILES = {
  'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\nmodel User {\n  id Int @id\n}',
  'src/users.ts': [
    "import { PrismaClient } from '@prisma/client';",
    'export const prisma = new PrismaClient();',
    ...Array.from({ length: COUNT }, (_, index) => `export const count${index} = () => prisma.user.count();`),
  ].join('\n'),
};

/** Takes longer the later it stands in the file. */
function measured(index: number): Measurement {
  return {
    ...{ match: 'exact', calls: 1, meanMs: 1 + index, maxMs: 1, p50Ms: 1, p95Ms: 1, p99Ms: 1, perRequest: 1 },
    ...{ perHour: 1, lastSeen: 0 },
  };
}

describe('what is shown of a query that is looked at closely', () => {
  test('comes with the fifty that take most time together', async () => {
    const snapshot = await analyse(FILES);
    const unmeasured = 1;
    const sites = snapshot.graph.sites.slice(0, COUNT - unmeasured);
    const asked: string[] = [];
    const queries = reportedQueries({
      ...{ snapshot, ...NO_BUDGETS, routes: [], formers: new Map() },
      measurements: new Map(sites.map(({ id }, index) => [id, measured(index)])),
      totals: new Map(sites.map(({ id }, index) => [id, measured(index).meanMs])),
      detail: (site) => {
        asked.push(site);
        return DETAIL;
      },
    });
    const detailed = queries.filter(({ detail }) => detail === DETAIL).map(({ symbol }) => symbol);
    assert.deepEqual(
      detailed,
      Array.from({ length: 50 }, (_, index) => `count${index + 2}`),
    );
    assert.equal(asked.length, 50);
  });
});
