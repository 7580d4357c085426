/** A request to the shop; the numbers in it are chosen so that no two of a kind need be alike. */
export interface ShopRequest {
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  /** GET, or POST where there is a body, unless it says otherwise. */
  readonly method?: string;
}

/** `numbers` are those of orders of the one who works at the shop. */
type Maker = (n: number, numbers: readonly string[]) => ShopRequest;

/** Each with how often it is asked for in a round. */
export type Routes = readonly (readonly [times: number, maker: Maker])[];

const STAFF = 'token-1';

const get =
  (path: string): Maker =>
  () => ({ path, token: STAFF });

/** Every route of the shop. */
const ROUTES: Routes = [
  [1, get('/categories')],
  [4, (n) => ({ path: `/products?after=${(n * 24) % 400}` })],
  [6, (n) => ({ path: `/products/SKU-${String(1 + (n % 400)).padStart(4, '0')}` })],
  [1, () => ({ path: '/products/SKU-9999' })],
  [2, () => ({ path: '/bestsellers' })],
  [2, (n) => ({ path: '/me', token: `token-${1 + (n % 300)}` })],
  [1, () => ({ path: '/me', token: 'nobody' })],
  [3, (n) => ({ path: '/me/orders', token: `token-${1 + (n % 300)}` })],
  [2, (n, numbers) => ({ path: `/me/orders/${numbers[n % numbers.length]}`, token: STAFF })],
  [2, (n, numbers) => ({ path: `/me/orders/${numbers[n % numbers.length]}/receipt`, token: STAFF })],
  [3, (n) => ({ path: '/me/wishes', token: `token-${1 + (n % 300)}` })],
  [3, (n) => ({ path: '/me/orders', token: `token-${1 + (n % 300)}`, body: { lines: linesOf(n) } })],
  [1, get('/staff/orders')],
  [2, (n) => ({ path: `/staff/orders/page?before=${100 + n}`, token: STAFF })],
  [1, (n) => ({ path: `/staff/orders/latest?count=${1 + (n % 30)}`, token: STAFF })],
  [1, (n) => ({ path: `/staff/orders/newest?count=${1 + (n % 30)}`, token: STAFF })],
  [1, get('/staff/orders/customers')],
  [1, get('/staff/orders/customers/last')],
  [1, get('/staff/orders/sold')],
  [1, get('/staff/orders/ordered')],
  [1, get('/staff/orders/late')],
  [1, get('/staff/orders/packing')],
  [1, get('/staff/orders/parcels')],
  [1, get('/staff/orders/parcels/count')],
  [1, get('/staff/orders/count')],
  [1, get('/staff/orders/count/connecting')],
  [2, (n, numbers) => ({ path: `/staff/orders/${numbers[n % numbers.length]}/ship`, token: STAFF, body: {} })],
  [2, (n, numbers) => ({ path: `/staff/orders/${numbers[n % numbers.length]}/ship/waiting`, token: STAFF, body: {} })],
  [1, get('/staff/orders/export.csv')],
  [1, get('/staff/stock')],
  [1, get('/staff/stock/summary')],
  [1, get('/staff/stock/sold-out')],
  [1, get('/staff/stock/missing')],
  [1, get('/staff/reviews')],
  [1, get('/staff/reviews/digest')],
  [1, (n) => ({ path: '/staff/prices', token: STAFF, body: prices(n) })],
  [1, (n) => ({ path: '/staff/products', token: STAFF, body: newProducts(n) })],
];

/** So many rounds over all routes, in an order that is the same each time and follows no pattern. */
export function shopRequests(rounds: number, numbers: readonly string[]): readonly ShopRequest[] {
  return requestsOf(ROUTES, rounds, numbers);
}

export function requestsOf(routes: Routes, rounds: number, numbers: readonly string[]): readonly ShopRequest[] {
  const all = Array.from({ length: rounds }, (_, round) =>
    routes.flatMap(([times, maker], route) =>
      Array.from({ length: times }, (_, time) => maker(route * 31 + round * 7 + time, numbers)),
    ),
  ).flat();
  return shuffled(all);
}

function linesOf(n: number) {
  return [1, 2, 3].slice(0, 1 + (n % 3)).map((line) => ({ sku: skuOf(n * line), quantity: line }));
}

function prices(n: number) {
  return [1, 2, 3, 4].map((each) => ({ sku: skuOf(n * each), cents: 100 + n + each }));
}

let made = 0;

function newProducts(n: number) {
  return Array.from({ length: 1 + (n % 130) }, () => {
    made += 1;
    return { sku: `NEW-${made}`, name: `New ${made}`, description: 'New.', cents: 100, categoryId: 1 };
  });
}

function skuOf(n: number): string {
  return `SKU-${String(1 + (n % 400)).padStart(4, '0')}`;
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  let state = 42;
  const keyed = items.map((item) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return { item, key: state };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
