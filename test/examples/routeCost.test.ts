import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { costFormula } from '#graph/cost/costFormula.ts';
import { costTerms } from '#graph/cost/costTerms.ts';
import { evaluateCost } from '#graph/cost/evaluateCost.ts';
import { requestCost } from '#graph/cost/requestCost.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { copyShop } from '#test/bridge/proof/shopCopy.ts';
import { projectOnDisk } from '#test/support/projectOnDisk.ts';

// What each route of the example shop costs by its code, with the sizes of what is in its database, against the statements that reach SQLite.

interface Case {
  readonly file: string;
  readonly route: string;
  readonly path: string;
  readonly body?: unknown;
  /** Turns of its loops, in the order of the letters of its formula. */
  readonly sizes?: readonly number[];
  /** Statements more, because SQLite takes no list of as many keys as there are rows. */
  readonly split?: number;
}

/** 1,500 orders and the one that is placed before, 500 a page, then an empty page. */
const ORDER_PAGES = 5;
/** Turns of loops that have no letter, because all their turns are one statement. */
const JOINED = 7;
const [ORDER, ANOTHER] = ['2025-00001', '2025-00002'];
const LINES = {
  lines: [
    { sku: 'SKU-0001', quantity: 1 },
    { sku: 'SKU-0002', quantity: 2 },
  ],
};
const PRICES = [1, 2, 3, 4].map((n) => ({ sku: `SKU-000${n}`, cents: 100 + n }));
const PRODUCTS = Array.from({ length: 130 }, (_, n) => {
  return { sku: `NEW-${n}`, name: `New ${n}`, description: 'New.', cents: 100, categoryId: 1 };
});

const CASES: readonly Case[] = [
  { file: 'catalogue', route: 'GET /categories', path: '/categories' },
  { file: 'catalogue', route: 'GET /products', path: '/products' },
  { file: 'catalogue', route: 'GET /products/:sku', path: '/products/SKU-0001' },
  { file: 'catalogue', route: 'GET /bestsellers', path: '/bestsellers' },
  { file: 'account', route: 'GET /', path: '/me' },
  { file: 'account', route: 'GET /orders', path: '/me/orders' },
  { file: 'account', route: 'GET /orders/:number', path: '/me/orders/$own' },
  { file: 'account', route: 'GET /orders/:number/receipt', path: '/me/orders/$own/receipt' },
  { file: 'account', route: 'GET /wishes', path: '/me/wishes' },
  { file: 'account', route: 'POST /orders', path: '/me/orders', body: LINES },
  { file: 'staffOrders', route: 'GET /', path: '/staff/orders', split: 1 },
  { file: 'staffOrders', route: 'GET /page', path: '/staff/orders/page' },
  { file: 'staffOrders', route: 'GET /latest', path: '/staff/orders/latest' },
  { file: 'staffOrders', route: 'GET /newest', path: '/staff/orders/newest' },
  { file: 'staffOrders', route: 'GET /customers', path: '/staff/orders/customers' },
  { file: 'staffOrders', route: 'GET /customers/last', path: '/staff/orders/customers/last' },
  { file: 'staffOrders', route: 'GET /sold', path: '/staff/orders/sold' },
  { file: 'staffOrders', route: 'GET /ordered', path: '/staff/orders/ordered' },
  { file: 'staffOrders', route: 'GET /late', path: '/staff/orders/late', sizes: [100] },
  { file: 'staffOrders', route: 'GET /packing', path: '/staff/orders/packing' },
  { file: 'staffOrders', route: 'GET /parcels', path: '/staff/orders/parcels' },
  { file: 'staffOrders', route: 'GET /parcels/count', path: '/staff/orders/parcels/count' },
  { file: 'staffOrders', route: 'GET /count', path: '/staff/orders/count' },
  { file: 'staffOrders', route: 'GET /count/connecting', path: '/staff/orders/count/connecting' },
  { file: 'staffOrders', route: 'POST /:number/ship', path: `/staff/orders/${ORDER}/ship`, body: {} },
  { file: 'staffOrders', route: 'POST /:number/ship/waiting', path: `/staff/orders/${ANOTHER}/ship/waiting`, body: {} },
  { file: 'staffOrders', route: 'GET /export.csv', path: '/staff/orders/export.csv', sizes: [ORDER_PAGES] },
  { file: 'staffProducts', route: 'GET /stock', path: '/staff/stock', sizes: [50] },
  { file: 'staffProducts', route: 'GET /stock/summary', path: '/staff/stock/summary' },
  { file: 'staffProducts', route: 'GET /stock/sold-out', path: '/staff/stock/sold-out' },
  { file: 'staffProducts', route: 'GET /stock/missing', path: '/staff/stock/missing' },
  { file: 'staffProducts', route: 'GET /reviews', path: '/staff/reviews' },
  { file: 'staffProducts', route: 'GET /reviews/digest', path: '/staff/reviews/digest' },
  { file: 'staffProducts', route: 'POST /prices', path: '/staff/prices', body: PRICES, sizes: [4] },
  { file: 'staffProducts', route: 'POST /products', path: '/staff/products', body: PRODUCTS, sizes: [2] },
];

describe('what the routes of the example shop cost', () => {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-cost-'));
  let graph: ProjectGraph;
  let statements: (site: QuerySite) => number;
  let counted: readonly number[] = [];

  before(async () => {
    copyShop(folder, 'sqlite');
    const project = await projectOnDisk(folder);
    graph = project.graph;
    const compiler = await createSqlCompiler(project.workspace).open(graph.schemas, graph);
    statements = (site) => {
      const sql = compiler.sqlOf(graph, site);
      return 'variants' in sql ? Math.max(...sql.variants.map((variant) => variant.statements.length)) : 1;
    };
    counted = run(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [index, { file, route, sizes = [], split = 0 }] of CASES.entries()) {
    test(`${file} ${route}`, () => {
      const entry = graph.entryPoints.find(
        (each) => each.file.endsWith(`/${file}.ts`) && `${each.fact.method} ${each.fact.route}` === route,
      );
      assert.ok(entry);
      const cost = requestCost(graph, entry);
      const { letters } = costFormula(costTerms(cost, statements));
      assert.equal(letters.length, sizes.length, 'a size for each letter');
      const turns = new Map(letters.map(({ loop }, at) => [loop.key, sizes[at] ?? Number.NaN]));
      const total = evaluateCost(cost, { statements, turns: ({ key }) => turns.get(key) ?? JOINED });
      assert.equal(total + split, counted[index]);
    });
  }

  test('no route is left out', () => {
    const routes = graph.entryPoints.filter(({ fact, file }) => fact.kind === 'route' && file.includes('/routes/'));
    const own = routes.filter(({ file }) => !file.endsWith('more.ts'));
    assert.equal(own.length, CASES.length);
  });
});

/** Statements by request, in the order of the cases. */
function run(folder: string): readonly number[] {
  const fixtures = join(import.meta.dirname, 'fixtures');
  for (const name of ['countingAdapter.ts', 'countRequests.ts'])
    cpSync(join(fixtures, name), join(folder, 'src', name));
  const env = { ...process.env, SHOP_DATABASE: join(folder, 'shop.db'), QUERYLENS: '0' };
  cpSync(join(import.meta.dirname, '../../examples/shop/setup.ts'), join(folder, 'setup.ts'));
  execFileSync(process.execPath, ['setup.ts', '--if-missing'], { cwd: folder, env, stdio: 'pipe' });
  for (const [file, from] of [
    ['src/db.ts', './'],
    ['src/services/orderCount.ts', '../'],
  ] as const) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('@prisma/adapter-better-sqlite3', `${from}countingAdapter.ts`));
  }
  const requests = CASES.map(({ path, body }) => ({ path, token: 'token-1', body }));
  const printed = execFileSync(process.execPath, ['src/countRequests.ts', JSON.stringify(requests)], {
    cwd: folder,
    env,
  });
  return JSON.parse(String(printed));
}
