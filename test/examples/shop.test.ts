import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const shop = join(root, 'examples/shop');

describe('examples/shop', () => {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-shop-'));
  const env = { ...process.env, SHOP_DATABASE: join(folder, 'shop.db'), PORT: '0', QUERYLENS: '0' };
  let server: ChildProcess;
  let address = '';

  before(async () => {
    const { status, stderr } = spawnSync(process.execPath, ['setup.ts'], { cwd: shop, env, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    server = spawn(process.execPath, ['src/main.ts'], { cwd: shop, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(server.stdout ?? server, 'data');
    address = /http:\S+/.exec(String(line))?.[0] ?? '';
  });

  after(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = (path: string, token: string | null = 'token-1', body?: unknown): Promise<Response> =>
    fetch(address + path, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  const json = async (path: string): Promise<unknown> => {
    const response = await call(path);
    assert.equal(response.status, 200);
    return response.json();
  };
  const list = async (path: string): Promise<readonly Record<string, unknown>[]> => {
    const answer = await json(path);
    assert.ok(Array.isArray(answer));
    return answer;
  };

  test('type checks against the generated client', () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '--noEmit'], { cwd: shop, encoding: 'utf8' });
    assert.equal(stdout, '');
  });

  test('GET /categories', async () => {
    const names = (await list('/categories')).map(({ name }) => name);
    assert.deepEqual(names, ['Books', 'Games', 'Garden', 'Kitchen', 'Lamps', 'Music', 'Tools', 'Toys']);
  });

  test('GET /products pages by the last id', async () => {
    const response = await call('/products?after=24');
    const { products, next } = (await response.json()) as { products: { id: number }[]; next: number };
    assert.deepEqual([products.length, products[0]?.id, next], [24, 25, 48]);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=60');
  });

  test('GET /products/:sku', async () => {
    const product = (await json('/products/SKU-0001')) as { name: string; reviews: unknown[] };
    assert.equal(product.name, 'Product 1');
    assert.ok(product.reviews.length <= 5);
    assert.equal((await call('/products/SKU-9999')).status, 404);
  });

  test('GET /bestsellers, most sold first', async () => {
    const pieces = (await list('/bestsellers')).map((entry) => Number(entry.pieces));
    assert.equal(pieces.length, 10);
    assert.deepEqual(
      pieces,
      pieces.toSorted((a, b) => b - a),
    );
  });

  test('GET /me asks for a token', async () => {
    assert.deepEqual(await json('/me'), { id: 1, name: 'User 1', staff: true });
    assert.equal((await call('/me', null)).status, 401);
  });

  test('GET /me/wishes, in the order they were made', async () => {
    assert.deepEqual(
      (await list('/me/wishes')).map(({ sku }) => sku),
      ['SKU-0002', 'SKU-0003', 'SKU-0004'],
    );
  });

  test('POST /me/orders, then GET /me/orders shows it', async () => {
    const response = await call('/me/orders', 'token-2', { lines: [{ sku: 'SKU-0005', quantity: 2 }] });
    assert.equal(response.status, 201);
    const { number } = (await response.json()) as { number: string };
    const orders = (await (await call('/me/orders', 'token-2')).json()) as { number: string; _count: unknown }[];
    assert.deepEqual(orders.find((order) => order.number === number)?._count, { items: 1 });
  });

  test('GET /me/orders/:number and its receipt say the same, to the customer alone', async () => {
    const [newest] = await list('/me/orders');
    const path = `/me/orders/${newest?.number}`;
    const order = await json(path);
    assert.equal((order as { number: string }).number, newest?.number);
    assert.deepEqual(await json(`${path}/receipt`), order);
    for (const each of [path, `${path}/receipt`]) assert.equal((await call(each, 'token-2')).status, 404);
  });

  test('the staff routes are for staff', async () => {
    assert.equal((await call('/staff/orders', 'token-2')).status, 403);
  });

  test('GET /staff/orders gives all, its page fifty', async () => {
    assert.ok((await list('/staff/orders')).length >= 1500);
    assert.equal((await list('/staff/orders/page?before=1000')).length, 50);
  });

  test('GET /staff/orders/late and /packing agree on the oldest orders', async () => {
    const late = await list('/staff/orders/late');
    assert.ok(late.length > 0);
    const packing = (await list('/staff/orders/packing')).slice(0, late.length);
    const told = packing.map(({ number, since, customer }) => {
      const { name, email } = customer as Record<string, unknown>;
      return { number, since, customer: { name, email } };
    });
    assert.deepEqual(told, late);
  });

  test('GET /staff/orders/parcels and their count agree', async () => {
    assert.deepEqual(await json('/staff/orders/parcels'), await json('/staff/orders/parcels/count'));
  });

  test('GET /staff/orders/count is the same from any client', async () => {
    assert.deepEqual(await json('/staff/orders/count/connecting'), await json('/staff/orders/count'));
  });

  test('POST /staff/orders/:number/ship says the same whenever the carrier is asked', async () => {
    const [newest] = await list('/me/orders');
    const path = `/staff/orders/${newest?.number}/ship`;
    const shipped = await (await call(path, 'token-1', {})).json();
    assert.deepEqual(shipped, { number: newest?.number, label: 'SHOP-1' });
    assert.deepEqual(await (await call(`${path}/waiting`, 'token-1', {})).json(), shipped);
  });

  test('GET /staff/orders/export.csv holds every order', async () => {
    const text = await (await call('/staff/orders/export.csv')).text();
    const lines = text.trim().split('\n');
    assert.equal(lines[0], 'number,status,cents');
    assert.ok(lines.length >= 1501);
  });

  test('GET /staff/stock and its summary agree', async () => {
    const slow = await list('/staff/stock');
    assert.equal(slow.length, 50);
    assert.deepEqual(await list('/staff/stock/summary'), slow);
  });

  test('GET /staff/orders/latest and a capped list agree', async () => {
    assert.deepEqual(await json('/staff/orders/latest?count=7'), await json('/staff/orders/newest?count=7'));
  });

  test('GET /staff/orders/customers and the last orders agree', async () => {
    assert.deepEqual(await json('/staff/orders/customers'), await json('/staff/orders/customers/last'));
  });

  test('GET /staff/orders/sold and what is ordered agree', async () => {
    assert.deepEqual(await json('/staff/orders/sold'), await json('/staff/orders/ordered'));
  });

  test('GET /staff/stock/sold-out and what is missing agree', async () => {
    assert.deepEqual(await json('/staff/stock/sold-out'), await json('/staff/stock/missing'));
  });

  test('GET /staff/reviews and their digest agree', async () => {
    const slow = await list('/staff/reviews');
    assert.equal(slow.length, 50);
    assert.deepEqual(await list('/staff/reviews/digest'), slow);
  });

  test('POST /staff/prices changes them', async () => {
    const response = await call('/staff/prices', 'token-1', [{ sku: 'SKU-0009', cents: 777 }]);
    assert.deepEqual(await response.json(), { changed: 1 });
    assert.equal(((await json('/products/SKU-0009')) as { cents: number }).cents, 777);
  });

  test('POST /staff/products adds them all', async () => {
    const products = Array.from({ length: 250 }, (_, n) => ({
      sku: `NEW-${n}`,
      name: `New ${n}`,
      description: 'New.',
      cents: 100,
      categoryId: 1,
    }));
    const response = await call('/staff/products', 'token-1', products);
    assert.deepEqual([response.status, await response.json()], [201, { added: 250 }]);
    assert.equal(((await json('/products/NEW-249')) as { name: string }).name, 'New 249');
  });
});
