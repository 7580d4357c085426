import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildBundle } from '../build/bundle.ts';
import { SQLITE_FILE } from '../build/sqliteBeside.ts';
import { extensionManifest, referencedFiles } from './extensionManifest.ts';
import { TARGETS, type Target } from './targets.ts';

/** All that is shipped besides the bundle. */
const SHIPPED = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'docs/config.schema.json',
  'syntaxes',
  'client/media',
  'client/sample',
];

/** Lays out the extension in `folder` as it will be installed, except for what differs between platforms. */
export async function stageExtension(root: string, folder: string): Promise<void> {
  await buildBundle('extension', join(folder, 'dist'));
  for (const path of SHIPPED) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  withoutPictures(join(folder, 'README.md'));
  const manifest = extensionManifest(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const missing = referencedFiles(manifest).filter((path) => !existsSync(join(folder, path)));
  if (missing.length > 0) throw new Error(`package.json names files that are not shipped: ${missing.join(', ')}`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
}

/** An editor shows the page of an extension without a folder that pictures could lie in. */
function withoutPictures(page: string): void {
  writeFileSync(page, readFileSync(page, 'utf8').replace(/^!\[.*\]\(docs\/pictures\/.*\)\n\n?/gm, ''));
}

/** Puts in place what one platform needs, over that of the platform before. */
export function stageTarget(folder: string, target: Target): void {
  const library = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
  copyFileSync(join(library, 'prebuilds', `${TARGETS[target]}.node`), join(folder, 'dist', SQLITE_FILE));
}
