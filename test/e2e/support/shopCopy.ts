import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const SHOP = join(import.meta.dirname, '../../../examples/shop');
const LEFT_OUT = /^(node_modules|generated|.*\.db)$/;

/** A copy of the example shop to open and change, removed by `remove`. */
export function copyShop(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-shop-'));
  cpSync(SHOP, folder, { recursive: true, filter: (path) => !LEFT_OUT.test(basename(path)) });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
