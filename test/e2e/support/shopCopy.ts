import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const SHOP = join(import.meta.dirname, '../../../examples/shop');
const LEFT_OUT = /^(node_modules|generated|\.querylens|.*\.db(-\w+)?)$/;

/** A copy of the example shop to open and change. */
export interface ShopCopy {
  readonly folder: string;
  read(path: string): string;
  /** Changes a file behind the editor's back. */
  change(path: string, how: (text: string) => string): void;
  remove(): void;
}

/** Copies the shop into a folder of that name, alone in another one. */
export function copyShop(): ShopCopy {
  const around = mkdtempSync(join(tmpdir(), 'querylens-shop-'));
  const folder = join(around, 'shop');
  cpSync(SHOP, folder, { recursive: true, filter: (path) => !LEFT_OUT.test(basename(path)) });
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  return {
    folder,
    read,
    change: (path, how) => writeFileSync(join(folder, path), how(read(path))),
    remove: () => rmSync(around, { recursive: true, force: true }),
  };
}
