import { type Routes, requestsOf, type ShopRequest, shopRequests } from '../../../scripts/demo/requests.ts';

/** What is asked for, `concurrency` requests at once; a round of the shop's own routes is some 60. */
export interface Load {
  /** The shop's own, or those of `fixtures/more.ts`. */
  readonly routes: 'shop' | 'more';
  readonly rounds: number;
  readonly concurrency: number;
}

export function requestsFor({ routes, rounds }: Load, numbers: readonly string[]): readonly ShopRequest[] {
  return routes === 'shop' ? shopRequests(rounds, numbers) : requestsOf(MORE, rounds, numbers);
}

/** Ways of asking that the shop has not, see `fixtures/more.ts`. */
const MORE: Routes = [
  [2, (n) => ({ path: `/more/transfer/${n}/${n + 7}`, body: {} })],
  [2, (n) => ({ path: `/more/stock/${n}/${n + 5}`, body: {} })],
  [2, (n) => ({ path: `/more/prices/${n}/${n + 5}`, body: {} })],
  [2, (n) => ({ path: `/more/together/${n}` })],
  [2, (n) => ({ path: `/more/fluent/${n}` })],
  [1, () => ({ path: '/more/search' })],
  [1, (n) => ({ path: `/more/search?name=${n}` })],
  [1, (n) => ({ path: `/more/search?under=${1000 + n}&stocked=1` })],
  [2, (n) => ({ path: `/more/baskets/${n}`, body: {} })],
  [2, (n) => ({ path: `/more/wishes/${n}/SKU-${String(1 + (n % 400)).padStart(4, '0')}`, body: {} })],
  [1, (n) => ({ path: `/more/reviews/${n}`, method: 'DELETE' })],
  [2, (n) => ({ path: `/more/raw/${n}` })],
  [1, (n) => ({ path: `/more/raw/${n}`, body: {} })],
  [1, () => ({ path: '/more/figures' })],
  [1, (n) => ({ path: `/more/twin/first/${n}` })],
  [1, (n) => ({ path: `/more/twin/second/${n}` })],
];
