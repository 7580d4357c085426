import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIBRARY_MODELS, LIBRARY_TABLES, type LibraryClient } from './library.ts';

/** A client of an earlier major version on a library of its own. */
export interface OlderLibrary {
  readonly client: LibraryClient;
  remove(): void;
}

/** A major version of Prisma that is installed apart, see `test/probe/clients`. */
export interface OlderPrisma {
  /** As people say it: version and engine. */
  readonly name: string;
  /** Null where it is installed; what to do else. */
  readonly missing: string | null;
  open(): Promise<OlderLibrary>;
}

const CLIENTS = join(import.meta.dirname, '../clients');

/** Its engine is the query compiler, as in 7. */
export const prisma6: OlderPrisma = {
  name: 'Prisma 6.19, client engine',
  missing: missing('prisma6'),
  open: async () => {
    const { folder, load, own } = generate('prisma6', 'engineType = "client"');
    const url = `file:${join(folder, 'library.db')}`;
    await own('@libsql/client').createClient({ url }).executeMultiple(LIBRARY_TABLES);
    return opened(folder, load('index.js').PrismaClient, new (own('@prisma/adapter-libsql').PrismaLibSQL)({ url }));
  },
};

/** Its engine for Node is a library that has to be downloaded; this is the same engine as WebAssembly, which Prisma ships for edge runtimes. */
export const prisma5: OlderPrisma = {
  name: 'Prisma 5.22, engine as WebAssembly',
  missing: missing('prisma5'),
  open: async () => {
    const { folder, load, own } = generate('prisma5', 'previewFeatures = ["driverAdapters"]');
    loadEngineInNode(join(folder, 'client'));
    const connection = own('@libsql/client').createClient({ url: `file:${join(folder, 'library.db')}` });
    await connection.executeMultiple(LIBRARY_TABLES);
    return opened(folder, load('wasm.js').PrismaClient, new (own('@prisma/adapter-libsql').PrismaLibSQL)(connection));
  },
};

function missing(name: string): string | null {
  const isThere = existsSync(join(CLIENTS, name, 'node_modules/prisma'));
  return isThere ? null : `it is not installed: npm ci --ignore-scripts --prefix test/probe/clients/${name}`;
}

function generate(name: string, setting: string) {
  const folder = mkdtempSync(join(tmpdir(), `querylens-${name}-`));
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(CLIENTS, name, 'node_modules'), join(folder, 'node_modules'));
  const generator = `generator client {\n  provider = "prisma-client-js"\n  output = "./client"\n  ${setting}\n}\n`;
  const source = 'datasource db {\n  provider = "sqlite"\n  url = "file:./library.db"\n}\n';
  writeFileSync(join(folder, 'schema.prisma'), generator + source + LIBRARY_MODELS);
  // Nothing is asked of the engines, which must exist.
  const engines = ['PRISMA_SCHEMA_ENGINE_BINARY', 'PRISMA_QUERY_ENGINE_LIBRARY', 'PRISMA_QUERY_ENGINE_BINARY'];
  const env = Object.fromEntries(engines.map((engine) => [engine, process.execPath]));
  const args = [join(CLIENTS, name, 'node_modules/prisma/build/index.js'), 'generate', '--no-hints'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, '--schema', 'schema.prisma'], {
    cwd: folder,
    env: { ...process.env, ...env, CHECKPOINT_DISABLE: '1' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name}: prisma generate failed\n${stdout}${stderr}`);
  const own = createRequire(join(CLIENTS, name, 'package.json'));
  const load = createRequire(join(folder, 'client/package.json'));
  return { folder, own, load: (file: string) => load(`./${file}`) };
}

function opened(folder: string, Client: new (options: object) => LibraryClient, adapter: object): OlderLibrary {
  const client = new Client({ adapter, errorFormat: 'minimal' });
  return { client, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Node reads no WebAssembly by `import`, as edge runtimes do. */
function loadEngineInNode(client: string): void {
  const engine = "new URL('./query_engine_bg.wasm', import.meta.url)";
  const code = `import { readFileSync } from 'node:fs';\nexport default Promise.resolve({ default: new WebAssembly.Module(readFileSync(${engine})) });\n`;
  writeFileSync(join(client, 'wasm-worker-loader.mjs'), code);
  const file = join(client, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.imports['#wasm-engine-loader'] = './wasm-worker-loader.mjs';
  writeFileSync(file, JSON.stringify(manifest));
}
