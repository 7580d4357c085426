import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const GENERATOR = 'generator client {\n  provider = "prisma-client-js"\n  output   = "../client"\n}\n';

/** Has Prisma's own command line generate a client for a schema; the folder's `client` is then what `@prisma/client` stands for. */
export function generateClient(folder: string, schema: ReadonlyMap<string, string>): string {
  for (const [file, text] of generatable(schema)) {
    const target = join(folder, 'schema', file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const prisma = join(ROOT, 'node_modules/prisma/build/index.js');
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' };
  const args = [prisma, 'generate', '--no-hints', '--schema', 'schema'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
  assert.equal(status, 0, `prisma generate failed\n${stdout}${stderr}\n${[...schema.values()].join('\n')}`);
  return join(folder, 'client');
}

/** The schema with one generator that we know, its preview features kept, and without addresses, which Prisma 7 keeps elsewhere. */
function generatable(schema: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const all = [...schema.values()].join('\n');
  const features = /^\s*previewFeatures\s*=.*$/m.exec(all)?.[0] ?? '';
  const files = [...schema].map(([file, text]) => [file, text.replace(NOT_OURS, '').replace(VIEW, withoutId)] as const);
  return new Map([...files, ['generator.prisma', GENERATOR.replace('}', `${features}\n}`)] as const]);
}

const NOT_OURS = /^generator\s+\w+\s*\{[^}]*\}|^\s*(url|directUrl|shadowDatabaseUrl)\s*=.*$/gm;

const VIEW = /^view\s[^}]*\}/gm;

/** Version 7 takes no key in a view. */
function withoutId(view: string): string {
  return view.replaceAll(' @id', ' @unique');
}
